using System.Text;
using ProcessDeployment.Engine.Tests.CommandLine;
using ProcessDeployment.Engine.Tests.Host;
using ProcessDeployment.Engine.Tests.Http;

namespace ProcessDeployment.Engine.Tests.Redaction;

public sealed class Calling_the_verb_redact(EngineFixture engine)
{
    [Theory]
    [InlineData("--reason", "redact", "1", "--field", "note")]
    [InlineData("either a position or --actor", "redact", "--reason", "r")]
    [InlineData("either a position or --actor", "redact", "1", "--actor", "jane", "--reason", "r")]
    [InlineData("at least one --field", "redact", "1", "--reason", "r")]
    [InlineData("--field cannot be given with --actor", "redact", "--actor", "jane", "--field", "note", "--reason", "r")]
    [InlineData("--reason must not be empty", "redact", "1", "--field", "note", "--reason", " ")]
    [InlineData("--url cannot be given", "redact", "1", "--field", "note", "--reason", "r", "--url", "http://localhost:1")]
    public async Task in_a_wrong_way_says_what_is_wrong(string says, params string[] args)
    {
        var call = new CommandLineCall();

        (await call.RunAsync(args)).ShouldBe(2);

        (call.Error + call.Out).ShouldContain(says);
    }

    /// <summary>As its administrator does: an engine runs with a login of its own, and beside it the verb with the owner's.</summary>
    [Fact]
    public async Task beside_an_engine_that_runs_takes_it_out_and_without_the_owner_refuses()
    {
        var owner = await engine.NewDatabaseAsync();
        var (app, sealer) = (await engine.NewLoginAsync(owner, "process_deployment_app"), await engine.NewLoginAsync(owner, "process_deployment_sealer"));
        (string, string)[] settings = [("ConnectionStrings__Postgres", app), ("ConnectionStrings__Sealer", sealer), ("PROCESSDEPLOYMENT_LEDGER", engine.LedgerFolderOf(owner))];
        (string, string)[] asOwner = [.. settings, ("ConnectionStrings__Owner", owner)];
        using var running = new EngineProcess(asOwner);
        using var http = await running.ServingAsync();
        using var command = new StringContent(Texts.Command("register-atom", $$"""{"atomId":"{{Guid.CreateVersion7()}}","name":"Jane Doe's Atom"}""", Guid.CreateVersion7()), Encoding.UTF8, "application/json");
        (await http.PostAsync(new Uri("/api/v1/commands", UriKind.Relative), command, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await Eventually.BecomesAsync(() => http.GetAsync(new Uri("/api/v1/ledger/checkpoint?covering=1", UriKind.Relative), TestContext.Current.CancellationToken), answer => answer.IsSuccessStatusCode);
        (await AtomsAsync(http)).ShouldContain("Jane Doe");

        string[] arguments = ["redact", "1", "--field", "name", "--reason", "request 2026-17"];
        using var notAllowed = new EngineProcess(arguments, settings);
        (await notAllowed.ExitAsync()).ShouldBe(1, notAllowed.Said);
        notAllowed.Said.ShouldContain("ConnectionStrings__Owner must be the login that owns the tables");

        using var redacting = new EngineProcess(arguments, asOwner);
        (await redacting.ExitAsync()).ShouldBe(0, redacting.Said);

        redacting.Said.ShouldContain("Position 1: name redacted; position 2 says so.");
        (await AtomsAsync(http)).ShouldNotContain("Jane Doe");
        (await AtomsAsync(http)).ShouldContain("[redacted]");
    }

    /// <summary>As soon as they hold the registration: on a busy machine that may take longer than an engine waits.</summary>
    private static async Task<string> AtomsAsync(HttpClient http)
    {
        using var answer = await Eventually.BecomesAsync(() => http.GetAsync(new Uri("/api/v1/atoms?atLeast=1", UriKind.Relative), TestContext.Current.CancellationToken), answer => answer.IsSuccessStatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
