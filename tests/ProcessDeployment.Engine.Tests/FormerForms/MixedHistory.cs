using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Tests.ReadModels;
using ProcessDeployment.Engine.Tests.Rebuild;

namespace ProcessDeployment.Engine.Tests.FormerForms;

/// <summary>
/// An engine with two accounts whose events are partly in a former form, as after an upgrade: positions without gap, sealed,
/// in the read models, all of it by the engine itself. <c>local</c> is small and told by its tests, <c>acme</c> is at random.
/// </summary>
public sealed class MixedHistory(EngineFixture engine) : IAsyncLifetime
{
    public const string Account = "local";
    public const string RandomAccount = "acme";

    private OwnEngine? _own;

    public Guid Berlin { get; } = Guid.CreateVersion7();
    public Guid Orders { get; } = Guid.CreateVersion7();
    public Guid Database { get; } = Guid.CreateVersion7();

    internal OwnEngine Own => _own!;

    public async ValueTask InitializeAsync()
    {
        _own = await OwnEngine.StartAsync(engine, builder => builder.Services.AddSingleton(FormerEvents.All));
        await using (var owner = Own.Databases.OpenOwner())
        {
            await using var command = owner.CreateCommand(FormerEvents.Sql);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var last = 0L;
        foreach (var command in Told())
        {
            var outcome = await Own.SendAsync(Account, command);
            outcome.Status.ShouldBe(OutcomeStatus.Accepted, outcome.Refusal?.Message);
            last = outcome.Position;
        }

        last.ShouldBe(12, "each is one event");
        await CaughtUpAsync(Account, last);
        foreach (var (command, turn) in RandomHistory.CommandsOf(seed: 509, length: 240).Select((command, turn) => (command, turn)))
            last = (await Own.SendAsync(RandomAccount, turn % 2 == 0 ? Formerly(command) : command)).Position;
        await CaughtUpAsync(RandomAccount, last);
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null) await _own.DisposeAsync();
    }

    internal async Task<JsonElement> AskAsync(string path) => JsonElement.Parse(await Own.Http.GetStringAsync($"/api/v1{path}"));

    /// <summary>The bundle of an export of all there is.</summary>
    internal async Task<byte[]> ExportAsync()
    {
        var (_, state) = await Eventually.BecomesAsync(
            () => Own.PostAsync("/api/v1/audit/export", ""),
            answer => answer.Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.Accepted));
        return await Own.Http.GetByteArrayAsync(JsonElement.Parse(state).GetProperty("bundle").GetString());
    }

    private async Task CaughtUpAsync(string accountId, long position)
    {
        await Eventually.BecomesAsync(() => Own.Services.GetRequiredService<ReadPosition>().CurrentAsync(accountId), seen => seen >= position);
        await Eventually.BecomesAsync(() => Own.Services.GetRequiredService<LedgerReader>().SizeAsync(accountId, TestContext.Current.CancellationToken), size => size >= position);
    }

    private static Command Formerly(Command command) => command with { Reason = FormerEvents.Older };

    private IEnumerable<Command> Told() =>
    [
        new RegisterAtom { AtomId = Berlin, Name = "Berlin" },
        Formerly(Save(Database, ComponentTypes.Connection, "Shop database", "host=db")),
        Formerly(Save(Orders, ComponentTypes.Process, "Orders", "one")),
        new AttachAtoms { ProcessId = Orders, AtomIds = [Berlin] },
        new DeployProcess { ProcessId = Orders },
        Formerly(new RenameAtom { AtomId = Berlin, Name = "Hamburg" }),
        new DetachAtoms { ProcessId = Orders, AtomIds = [Berlin] },
        Save(Orders, ComponentTypes.Process, "Orders again", "two"),
        Formerly(Save(Database, ComponentTypes.Connection, "Shop database II", "host=db2")),
        new AttachAtoms { ProcessId = Orders, AtomIds = [Berlin] },
        new DeployProcess { ProcessId = Orders },
        new RenameAtom { AtomId = Berlin, Name = "Bremen" },
    ];

    private SaveComponent Save(Guid id, string type, string name, string content) => new()
    {
        ComponentId = id,
        ComponentType = type,
        Name = name,
        Connector = type == ComponentTypes.Connection ? new("http", ConnectorClass.Standard) : null,
        References = id == Orders ? [new(Database, ReferenceKind.Dependent)] : [],
        Content = content,
    };
}
