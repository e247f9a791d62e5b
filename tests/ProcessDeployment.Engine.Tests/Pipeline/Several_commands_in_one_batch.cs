using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Tests.Pipeline;

/// <summary>Each is decided on the state the former one left, and that state is written as if each had come alone.</summary>
public sealed class Several_commands_in_one_batch(EngineFixture engine)
{
    private readonly Guid _process = Guid.CreateVersion7();
    private readonly Guid _connection = Guid.CreateVersion7();
    private readonly Guid _atom = Guid.CreateVersion7();

    private SaveComponent Process => new()
    {
        ComponentId = _process,
        ComponentType = ComponentTypes.Process,
        Name = "Orders",
        References = [new(_connection, ReferenceKind.Dependent)],
    };

    private SaveComponent Connection => new()
    {
        ComponentId = _connection,
        ComponentType = ComponentTypes.Connection,
        Name = "Shop",
        Connector = new("http", ConnectorClass.Standard),
    };

    [Fact, Covers("#8", "R8")]
    public async Task see_each_other_from_the_first_save_to_the_last_licence()
    {
        var account = await engine.NewAccountAsync();

        var outcomes = await RunAsync(
            account,
            new SetLicences { Class = ConnectorClass.Standard, Production = 1 },
            Process,
            Connection,
            new RegisterAtom { AtomId = _atom, Name = "Production" },
            new AttachAtoms { ProcessId = _process, AtomIds = [_atom] },
            new DeployProcess { ProcessId = _process },
            new DetachAtoms { ProcessId = _process, AtomIds = [_atom] },
            new AttachAtoms { ProcessId = _process, AtomIds = [_atom] });

        outcomes.ShouldAllBe(outcome => outcome.Status == OutcomeStatus.Accepted);
        (await account.ScalarAsync<int>("select used from process_deployment.licence_pool where account_id = $1")).ShouldBe(1);
        (await account.ScalarAsync<long>("select count(*) from process_deployment.licence_holding where account_id = $1")).ShouldBe(1);
        (await account.ScalarAsync<long>("select count(*) from process_deployment.attachment_state where account_id = $1")).ShouldBe(1);
    }

    [Fact]
    public async Task keep_a_version_that_was_asked_for_just_before_it_was_made()
    {
        var account = await engine.NewAccountAsync();
        await RunAsync(account, Process, Connection);

        var outcomes = await RunAsync(
            account, new RedeployVersion { ProcessId = _process, TargetVersion = 1 }, new DeployProcess { ProcessId = _process });

        outcomes.Select(outcome => outcome.Status).ShouldBe([OutcomeStatus.Refused, OutcomeStatus.Accepted]);
        (await account.SendAsync(new RedeployVersion { ProcessId = _process, TargetVersion = 1 })).Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public async Task with_the_same_id_have_one_effect()
    {
        var account = await engine.NewAccountAsync();
        var id = Guid.CreateVersion7();

        var outcomes = await new BatchRunner(engine.Databases).RunAsync(account.Name, [account.Incoming(Process, id), account.Incoming(Process, id)], TestContext.Current.CancellationToken);

        outcomes.Select(outcome => (outcome.Position, outcome.Replayed)).ShouldBe([(1, false), (1, true)]);
    }

    [Fact, Covers("#30")]
    public async Task that_close_a_cycle_together_are_not_both_accepted()
    {
        var account = await engine.NewAccountAsync();
        var other = Guid.CreateVersion7();

        var outcomes = await RunAsync(
            account,
            Process with { References = [new(other, ReferenceKind.Dependent)] },
            Process with { ComponentId = other, References = [new(_process, ReferenceKind.Dependent)] });

        outcomes[1].Refusal!.Code.ShouldBe(RefusalCodes.ReferenceCycle);
    }

    private Task<IReadOnlyList<Outcome>> RunAsync(TestAccount account, params IEnumerable<Command> commands) =>
        new BatchRunner(engine.Databases).RunAsync(account.Name, [.. commands.Select(command => account.Incoming(command))], TestContext.Current.CancellationToken);
}
