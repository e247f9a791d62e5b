using ProcessDeployment.Browser.Tests.Looks;
using ProcessDeployment.Client;

namespace ProcessDeployment.Browser.Tests.Faults;

/// <summary>Whoever may send commands chooses the words that others see. No browser takes them for anything but words, or it complains, and the test fails.</summary>
public sealed class Names_that_would_do_harm(PagesFixture pages) : Visit(pages)
{
    private const string Image = "<img src=x onerror=alert(1)>";

    [Fact]
    public async Task with_scripts_in_every_field_are_words_on_every_page()
    {
        await using var engine = await Pages.StartAnotherAsync();
        await Company.PurchaseAsync(engine);
        var shown = await Exhibition.OpenAsync(engine, word => $"{Image}\"'><script>alert(2)</script> {word}");
        var visitor = await ComeAsync(by: engine.Url);

        foreach (var sight in PageList.All)
        {
            await visitor.SeeAsync(sight, shown);
            await visitor.ShotAsync(sight.Name);
            (await visitor.Page.Locator("img, main script, iframe, a[href^='javascript:' i]").CountAsync()).ShouldBe(0, sight.Name);
            visitor.Complaints.ShouldBeEmpty(sight.Name);
        }

        await visitor.LeaveAsync();
    }

    [Fact]
    public async Task of_environments_and_of_people_are_words_too()
    {
        await using var engine = await Pages.StartAnotherAsync();
        var company = new Company(engine);
        var process = await company.ProcessAsync(Image);
        var environment = Guid.CreateVersion7();
        await company.DoAsync(new SetEnvironments { Enabled = true });
        await company.DoAsync(new CreateEnvironment { EnvironmentId = environment, Name = Image, Classification = Classification.Production, Order = 1 });
        await company.Bus.SendAsync(new DeployProcess { ProcessId = process.Id, Note = Image, EnvironmentId = environment }, actor: Image);
        var visitor = await ComeAsync(by: engine.Url);
        var deploy = new DeployPage(visitor);

        await deploy.OpenAsync(process, "deployments");
        await Expect(deploy.Version(1)).ToContainTextAsync(Image);
        await deploy.DeployButton.ClickAsync();
        await Expect(deploy.Confirmation.Dialog.GetByRole(AriaRole.Option, new() { Name = Image })).ToHaveCountAsync(1);
        await visitor.ShotAsync("environment");
        (await visitor.Page.Locator("img").CountAsync()).ShouldBe(0);
        await visitor.LeaveAsync();
    }

    [Fact]
    public async Task are_seen_as_they_were_typed()
    {
        var process = await Company.ProcessAsync(Image);
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await deploy.SelectAsync(process);

        await Expect(deploy.NameOf(process)).ToHaveTextAsync($"{Image} {Company.Mark}");
        await Expect(visitor.Page).ToHaveTitleAsync($"{Image} {Company.Mark} – Deploy");
        await visitor.ShotAsync("markup");
    }

    [Theory]
    [InlineData("استيراد الطلبات (EU)")]
    [InlineData("abc \u202e3.txt")]
    public async Task from_right_to_left_turn_nothing_around_that_is_beside_them(string name)
    {
        var process = await Company.ProcessAsync(name);
        await Company.DeployAsync(process, name);
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await deploy.OpenAsync(process, "deployments");

        await Expect(deploy.NameOf(process)).ToHaveCSSAsync("unicode-bidi", "isolate");
        await Expect(deploy.Version(1).Locator("bdi", new() { HasText = name })).ToHaveCSSAsync("unicode-bidi", "isolate");
        await visitor.ShotAsync("right-to-left");
    }

    [Theory]
    [InlineData(1280), InlineData(390)]
    public async Task as_long_as_they_may_be_stay_in_the_page(int width)
    {
        var process = await Company.ProcessAsync(new string('W', Limits.Name - 1 - Company.Mark.Length));
        await Company.DeployAsync(process, new string('n', Limits.Note));
        await Company.SaveAsync(process);
        var visitor = await ComeAsync(new Look(width));
        var deploy = new DeployPage(visitor);

        await visitor.GoAsync($"/deploy/{process.Id}/deployments");
        await Expect(deploy.Heading).ToHaveTextAsync(process.Name);

        (await visitor.SidewaysAsync()).ShouldBe(0);
        await visitor.ShotAsync($"long-{width}");
    }

    [Fact]
    public async Task of_five_hundred_characters_are_refused_with_the_member_and_the_limit()
    {
        var process = new Thing(Guid.CreateVersion7(), new string('x', 500));

        var refused = await Should.ThrowAsync<EngineProblemException>(() => Company.SaveAsync(process));

        refused.Message.ShouldContain("name");
        refused.Message.ShouldContain("255");
    }
}
