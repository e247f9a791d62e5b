namespace ProcessDeployment.Browser.Tests.Faults;

public sealed class Two_people_deploying_the_same_process(PagesFixture pages) : Visit(pages)
{
    [Fact, Covers("#24")]
    public async Task see_what_the_other_did_before_they_confirm()
    {
        var (process, first, second) = await BothAsync();

        await second.Confirmation.Note.FillAsync("Mine, too");
        await first.Confirmation.ConfirmAsync("Mine is first");

        await Expect(second.Confirmation.Alert).ToContainTextAsync($"Meanwhile version 1 was deployed by {PagesFixture.Actor}: Mine is first.");
        await Expect(second.Confirmation.Ok).ToBeDisabledAsync();
        await Expect(second.Confirmation.Note).ToHaveValueAsync("Mine, too");
        await second.ShotAsync("meanwhile");
        (await Company.VersionsAsync(process)).Count.ShouldBe(1);

        await second.Confirmation.Alert.GetByRole(AriaRole.Button, new() { Name = "Go on nevertheless" }).ClickAsync();
        await second.Confirmation.Ok.ClickAsync();

        await Expect(second.Version(2)).ToContainTextAsync("Mine, too");
        await Expect(first.Version(2)).ToContainTextAsync("Mine, too");
    }

    [Fact, Covers("#24", "#26")]
    public async Task at_the_same_moment_makes_one_version_and_one_refusal_that_says_what_to_do()
    {
        var (process, first, second) = await BothAsync();
        await first.Confirmation.Note.FillAsync("One");
        await second.Confirmation.Note.FillAsync("Two");

        // At once: a click that first looks whether its button stands still can come after the page has heard of the other.
        await Task.WhenAll(first.Confirmation.Ok.DispatchEventAsync("click"), second.Confirmation.Ok.DispatchEventAsync("click"));

        await Expect(first.Version(1)).ToBeVisibleAsync();
        await Expect(second.Version(1)).ToBeVisibleAsync();
        var winner = (await Company.VersionsAsync(process)).ShouldHaveSingleItem().Note == "One" ? first : second;
        var loser = winner == first ? second : first;
        await Expect(winner.Confirmation.Dialog).ToHaveCountAsync(0);
        await Expect(loser.Confirmation.Alert.First).ToBeVisibleAsync();
        await Expect(loser.Confirmation.Dialog).ToContainTextAsync("Somebody deployed meanwhile");
        await Expect(loser.Confirmation.Note).ToHaveValueAsync(winner == first ? "Two" : "One");
        await loser.ShotAsync("refused");
    }

    /// <summary>Both have the dialog before them.</summary>
    private async Task<(Thing Process, DeployPage First, DeployPage Second)> BothAsync()
    {
        var process = await Company.ProcessAsync("Order Import");
        var (first, second) = (new DeployPage(await ComeAsync()), new DeployPage(await ComeAsync()));
        foreach (var deploy in new[] { first, second })
        {
            await deploy.OpenAsync(process, "deployments");
            await deploy.DeployButton.ClickAsync();
            await Expect(deploy.Confirmation.Ok).ToBeEnabledAsync();
        }

        return (process, first, second);
    }
}
