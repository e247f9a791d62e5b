using System.Net;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Pages;

/// <summary>What is there before any script runs; the rest is walked through in a browser.</summary>
public sealed class Opening_the_audit_pages(EngineFixture engine)
{
    private readonly string _mark = $"{Guid.NewGuid():n}";

    [Fact]
    public async Task lists_what_happened_with_a_link_to_each_change()
    {
        var position = await SaveAsync("<b>marked</b>");

        var page = await OpenAsync($"/audit?text={_mark}");

        page.ShouldContain($"href=\"/audit/{position}?text={_mark}\"");
        page.ShouldContain("&lt;b&gt;marked&lt;/b&gt;");
        page.ShouldNotContain("<b>marked");
    }

    [Fact]
    public async Task of_a_change_shows_before_after_and_what_the_event_says()
    {
        var position = await SaveAsync("looked at");

        var page = await OpenAsync($"/audit/{position}");

        page.ShouldContain("Before and after");
        page.ShouldContain("What the event says");
        page.ShouldContain($"/audit/ledger?position={position}");
    }

    [Fact]
    public async Task at_a_moment_of_the_past_says_which_and_what_happened_then()
    {
        var position = await SaveAsync("before");
        await SaveAsync("after");

        var page = await OpenAsync($"/audit?text={_mark}&asOf={position}");

        page.ShouldContain("As it was");
        page.ShouldContain($"before {_mark}: created as revision 1");
        page.ShouldNotContain($"after {_mark}");
        page.ShouldContain($"/audit?text={_mark}&amp;asOf=now");
    }

    [Theory]
    [InlineData("/operations", "The engine is")]
    [InlineData("/operations/rebuilds", "Prove only")]
    [InlineData("/operations/dead-letters", "keeps its id")]
    [InlineData("/operations/halted", "halt")]
    [InlineData("/operations/webhooks", "webhook")]
    [InlineData("/operations?asOf=1", "known of now only")]
    [InlineData("/audit/export", "How to verify it")]
    [InlineData("/audit/ledger", "Prove a change")]
    public async Task shows_each_view(string address, string words) => (await OpenAsync(address)).ShouldContain(words);

    private async Task<string> OpenAsync(string address)
    {
        using var response = await engine.OpenAsync(address);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<long> SaveAsync(string name)
    {
        var local = new TestAccount(engine, "local");
        var outcome = await local.SendAsync(new SaveComponent { ComponentId = Guid.CreateVersion7(), ComponentType = "process", Name = $"{name} {_mark}", Content = "<process/>" });
        await local.AskAsync("/audit?take=1", outcome.Position);
        return outcome.Position;
    }
}
