using System.Text.RegularExpressions;

namespace ProcessDeployment.Browser.Tests.Addresses;

/// <summary>An address with <c>asOf</c>.</summary>
public sealed class Looking_at_the_past(PagesFixture pages) : Visit(pages)
{
    [Fact]
    public async Task shows_what_was_through_all_links_until_back_to_now()
    {
        var process = await Company.ProcessAsync("Order Import");
        await Company.DeployAsync(process, "First");
        var moment = (await Company.TryAsync(new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = $"Then {Company.Mark}" })).Position;
        await Company.DeployAsync(process, "Second");
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await visitor.GoAsync($"/deploy?text={Company.Mark}&asOf={moment}");
        await Expect(visitor.Page.GetByText("Nothing can be changed here.")).ToBeVisibleAsync();
        await deploy.Row(process).ClickAsync();
        await deploy.ClickTabAsync("Deployments");
        await Expect(visitor.Page).ToHaveURLAsync(new Regex($"asOf={moment}"));
        await Expect(deploy.Version(1)).ToContainTextAsync("current");
        await Expect(deploy.Version(2)).ToHaveCountAsync(0);
        await Expect(deploy.DeployButton).ToBeDisabledAsync();
        await Expect(visitor.Page.Locator("#deploy-why")).ToHaveTextAsync("This is how it was: go back to now to change something.");
        await visitor.ShotAsync("past");

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Back to now" }).ClickAsync();
        await Expect(deploy.Version(2)).ToContainTextAsync("current");
        await Expect(deploy.DeployButton).ToBeEnabledAsync();
        await Expect(visitor.Page.GetByText("Nothing can be changed here.")).ToHaveCountAsync(0);
        await deploy.ClickTabAsync("Attachments");
        await Expect(visitor.Page).Not.ToHaveURLAsync(new Regex("asOf=[0-9]"));
    }

    [Fact]
    public async Task does_not_move_when_something_happens_now()
    {
        var process = await Company.ProcessAsync("Order Import");
        var moment = (await Company.TryAsync(new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = $"Then {Company.Mark}" })).Position;
        var (past, now) = (await ComeAsync(), await ComeAsync());
        await past.GoAsync($"/deploy/{process.Id}/deployments?text={Company.Mark}&asOf={moment}");
        await now.GoAsync($"/deploy/{process.Id}/deployments?text={Company.Mark}");

        await Company.DeployAsync(process, "Later");

        await Expect(new DeployPage(now).Version(1)).ToContainTextAsync("Later");
        await Expect(past.Page.GetByText("It was never deployed. The first deployment makes version 1.")).ToBeVisibleAsync();
        await new DeployPage(past).IsBoldAsync(process);
    }

    [Fact]
    public async Task is_left_by_going_back()
    {
        var process = await Company.ProcessAsync("Order Import");
        var visitor = await ComeAsync();
        await new DeployPage(visitor).OpenAsync(process, "deployments");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Look at the past" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "One change back" }).ClickAsync();
        await Expect(visitor.Page.GetByText("Nothing can be changed here.")).ToBeVisibleAsync();

        await visitor.Page.GoBackAsync();

        await Expect(visitor.Page.GetByText("Nothing can be changed here.")).ToHaveCountAsync(0);
        await Expect(new DeployPage(visitor).DeployButton).ToBeEnabledAsync();
        await Expect(visitor.Page).Not.ToHaveURLAsync(new Regex("asOf=[0-9]"));
    }

    [Fact]
    public async Task goes_on_when_a_list_is_narrowed()
    {
        var process = await Company.ProcessAsync("Order Import");
        var moment = (await Company.TryAsync(new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = $"Then {Company.Mark}" })).Position;
        var visitor = await ComeAsync();
        await visitor.GoAsync($"/deploy?asOf={moment}");

        await visitor.Page.GetByRole(AriaRole.Searchbox).FillAsync(Company.Mark);

        await Expect(visitor.Page).ToHaveURLAsync(new Regex($"text={Company.Mark}.*asOf={moment}|asOf={moment}.*text={Company.Mark}"));
        await Expect(new DeployPage(visitor).Row(process)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task offers_no_redeployment_after_a_rehearsal()
    {
        var process = await Company.ProcessAsync("Order Import");
        await Company.DeployAsync(process, "First");
        var moment = (await Company.TryAsync(new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = $"Then {Company.Mark}" })).Position;
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);
        await visitor.GoAsync($"/deploy/{process.Id}/deployments?text={Company.Mark}&asOf={moment}");

        await deploy.ClickGearAsync(1, "Rehearse its re-deployment");

        await Expect(visitor.Page.GetByText("a rehearsal is of now")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Re-deploy this Version" })).ToBeDisabledAsync();
    }
}
