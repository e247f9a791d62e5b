using Microsoft.Extensions.Logging.Abstractions;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Two pipelines over one database, as two nodes have them: only the account's lock stands between their decisions.</summary>
public sealed class Two_nodes(Two_nodes.Pair nodes) : IClassFixture<Two_nodes.Pair>
{
    private const string Account = "races";

    [Fact]
    public async Task racing_for_the_last_licence_have_one_winner_each_time()
    {
        var (shop, bank, atom, left, right) = (NewId(), NewId(), NewId(), NewId(), NewId());
        await SendAsync(
            Connection(shop), Connection(bank), new RegisterAtom { AtomId = atom, Name = "Production" }, new SetLicences { Class = ConnectorClass.Standard, Production = 1 },
            Process(left, shop), Process(right, bank), new DeployProcess { ProcessId = left }, new DeployProcess { ProcessId = right });

        for (var race = 0; race < Rounds.Races; race++)
        {
            var outcomes = await RaceAsync(new AttachAtoms { ProcessId = left, AtomIds = [atom] }, new AttachAtoms { ProcessId = right, AtomIds = [atom] });

            outcomes.Count(outcome => outcome.Status == OutcomeStatus.Accepted).ShouldBe(1);
            outcomes.Single(outcome => outcome.Status == OutcomeStatus.Refused).Refusal!.Code.ShouldBe(RefusalCodes.LicenceExceeded);
            await SendAsync(new DetachAtoms { ProcessId = left, AtomIds = [atom] }, new DetachAtoms { ProcessId = right, AtomIds = [atom] });
        }
    }

    [Fact]
    public async Task deploying_at_once_get_one_number_after_the_other()
    {
        var process = NewId();
        await SendAsync(Process(process));

        for (var race = 0; race < Rounds.Races; race++)
        {
            var outcomes = await RaceAsync(new DeployProcess { ProcessId = process }, new DeployProcess { ProcessId = process });

            outcomes.ShouldAllBe(outcome => outcome.Status == OutcomeStatus.Accepted);
            outcomes.Select(outcome => outcome.Events[0].Number).Order().ShouldBe([(2 * race) + 2, (2 * race) + 3]);
        }
    }

    [Fact]
    public async Task saving_two_halves_of_a_cycle_keep_one_half()
    {
        for (var race = 0; race < Rounds.Races; race++)
        {
            var (left, right) = (NewId(), NewId());

            var outcomes = await RaceAsync(Process(left, right), Process(right, left));

            outcomes.Count(outcome => outcome.Status == OutcomeStatus.Accepted).ShouldBe(1);
            outcomes.Single(outcome => outcome.Status == OutcomeStatus.Refused).Refusal!.Code.ShouldBe(RefusalCodes.ReferenceCycle);
        }
    }

    [Fact]
    public async Task attaching_against_deleting_the_atom_never_leave_a_process_on_nothing()
    {
        var process = NewId();
        await SendAsync(Process(process));
        for (var race = 0; race < Rounds.Races; race++)
        {
            var atom = NewId();
            await SendAsync(new RegisterAtom { AtomId = atom, Name = "Short-lived" });

            var outcomes = await RaceAsync(new AttachAtoms { ProcessId = process, AtomIds = [atom] }, new DeleteAtom { AtomId = atom });

            outcomes.Count(outcome => outcome.Status == OutcomeStatus.Accepted).ShouldBe(1);
            outcomes.Single(outcome => outcome.Status == OutcomeStatus.Refused).Refusal!.Code.ShouldBeOneOf(RefusalCodes.UnknownAtom, RefusalCodes.AtomInUse);
        }
    }

    private static Guid NewId() => Guid.CreateVersion7();

    private static SaveComponent Process(Guid id, params IEnumerable<Guid> references) => new()
    {
        ComponentId = id,
        ComponentType = ComponentTypes.Process,
        Name = "Orders",
        References = [.. references.Select(reference => new ComponentReference(reference, ReferenceKind.Dependent))],
    };

    private static SaveComponent Connection(Guid id) =>
        new() { ComponentId = id, ComponentType = ComponentTypes.Connection, Name = "Shop", Connector = new("http", ConnectorClass.Standard) };

    private static IncomingCommand Incoming(Command command)
    {
        var message = CommandWriter.ToCloudEvent(NewId(), "//faults", command with { AccountId = Account, Actor = "faults@example.com" }, time: null);
        return new(CommandParser.Parse(message, CommandDefaults.None).Envelope!, Channels.Http);
    }

    private async Task<Outcome[]> RaceAsync(Command one, Command other) =>
        await Task.WhenAll(Task.Run(() => nodes.One.SubmitAsync(Incoming(one))), Task.Run(() => nodes.Other.SubmitAsync(Incoming(other))));

    private async Task SendAsync(params IEnumerable<Command> commands)
    {
        foreach (var command in commands) await nodes.One.SubmitAsync(Incoming(command));
    }

    /// <summary>Two pipelines over one database, for all races.</summary>
    public sealed class Pair : IAsyncLifetime
    {
        private Server? _server;
        private Microsoft.AspNetCore.Builder.WebApplication? _app;
        private Databases? _databases;
        private CommandPipeline? _one;
        private CommandPipeline? _other;

        internal CommandPipeline One => _one!;

        internal CommandPipeline Other => _other!;

        public async ValueTask InitializeAsync()
        {
            _server = await Server.StartAsync();
            _app = await EngineHost.BuildAsync([], new() { Postgres = _server.ConnectionString, LedgerFolder = _server.LedgerFolder, Sample = false, Accounts = [Account] });
            _databases = new(_server.ConnectionString);
            (_one, _other) = (Node(), Node());
        }

        public async ValueTask DisposeAsync()
        {
            _one?.Dispose();
            _other?.Dispose();
            if (_databases is not null) await _databases.DisposeAsync();
            if (_app is not null) await _app.DisposeAsync();
            if (_server is not null) await _server.DisposeAsync();
        }

        private CommandPipeline Node() => new(new BatchRunner(_databases!), new(), new(), NullLogger<CommandPipeline>.Instance);
    }
}
