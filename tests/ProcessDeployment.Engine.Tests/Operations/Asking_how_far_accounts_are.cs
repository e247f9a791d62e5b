using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Operations;

public sealed class Asking_how_far_accounts_are(EngineFixture engine)
{
    [Fact]
    public async Task tells_of_each_how_many_changes_are_shown_and_sealed()
    {
        // Five hundred are told of, by name where none is behind; tests make more than that.
        var account = await engine.NewAccountAsync($"0-{Guid.NewGuid():n}");
        var sent = await account.SendAsync(new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "Main" });
        using var http = new HttpClient { BaseAddress = engine.Url };

        var line = await Eventually.BecomesAsync(() => LineAsync(http, account.Name), found => found.GetProperty("sealed").GetInt64() == sent.Position && found.GetProperty("shown").GetInt64() == sent.Position);

        line.GetProperty("position").GetInt64().ShouldBe(sent.Position);
        line.TryGetProperty("lagSeconds", out _).ShouldBeFalse("nothing is behind");
        line.TryGetProperty("halted", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task names_what_can_be_rebuilt()
    {
        using var http = new HttpClient { BaseAddress = engine.Url };

        var models = (await AskAsync(http)).Items("readModels");

        models.ShouldContain(model => model.Text("name") == "process-list" && model.GetProperty("rebuilt").GetBoolean());
        models.ShouldContain(model => model.Text("name") == "read-positions" && !model.GetProperty("rebuilt").GetBoolean());
    }

    [Fact]
    public async Task is_for_the_operator_only()
    {
        var account = await engine.NewAccountAsync();

        (await account.TryAskAsync("/operations")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<JsonElement> LineAsync(HttpClient http, string account) => (await AskAsync(http)).Items("accounts").Single(line => line.Text("accountId") == account);

    private static async Task<JsonElement> AskAsync(HttpClient http) => JsonElement.Parse(await http.GetStringAsync(new Uri("/api/v1/operations", UriKind.Relative), TestContext.Current.CancellationToken));
}
