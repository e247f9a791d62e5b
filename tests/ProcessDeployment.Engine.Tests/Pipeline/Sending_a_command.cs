using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Pipeline;

public sealed class Sending_a_command(EngineFixture engine)
{
    private static readonly Guid Process = Guid.CreateVersion7();
    private static readonly Guid Connection = Guid.CreateVersion7();
    private static readonly Guid Atom = Guid.CreateVersion7();

    private static SaveComponent AProcess => new()
    {
        ComponentId = Process,
        ComponentType = ComponentTypes.Process,
        Name = "Orders",
        Folder = "Shop",
        References = [new(Connection, ReferenceKind.Dependent)],
        Content = "<process/>",
    };

    private static SaveComponent AConnection => new()
    {
        ComponentId = Connection,
        ComponentType = ComponentTypes.Connection,
        Name = "Shop database",
        Connector = new("database", ConnectorClass.Standard),
    };

    [Fact]
    public async Task answers_with_the_place_of_each_event()
    {
        var account = await engine.NewAccountAsync();

        var outcome = await account.SendAsync(AProcess);

        outcome.Status.ShouldBe(OutcomeStatus.Accepted);
        outcome.Events.ShouldBe([new($"component/{Process}", "processdeployment.revision-made.v1", 1, 1)]);
    }

    [Fact]
    public async Task carries_a_process_from_save_to_a_deployed_version()
    {
        var account = await engine.NewAccountAsync();
        await account.SendAsync(AProcess);
        await account.SendAsync(AConnection);
        await account.SendAsync(new RegisterAtom { AtomId = Atom, Name = "Production" });
        await account.SendAsync(new SetLicences { Class = ConnectorClass.Standard, Production = 1 });
        await account.SendAsync(new AttachAtoms { ProcessId = Process, AtomIds = [Atom] });

        var deployed = await account.SendAsync(new DeployProcess { ProcessId = Process, Note = "go-live" });

        deployed.Status.ShouldBe(OutcomeStatus.Accepted);
        deployed.Position.ShouldBe(6);
        (await account.ScalarAsync<int>("select used from process_deployment.licence_pool where account_id = $1")).ShouldBe(1);
    }

    [Fact]
    public async Task twice_with_the_same_id_has_one_effect_and_one_answer()
    {
        var account = await engine.NewAccountAsync();
        var id = Guid.CreateVersion7();
        var first = await account.SendAsync(AProcess, id);

        var second = await account.SendAsync(AProcess, id);

        second.ShouldBeEquivalentTo(first with { Replayed = true });
        (await account.ScalarAsync<long>("select count(*) from events.mt_events where tenant_id = $1")).ShouldBe(1);
    }

    [Fact]
    public async Task with_an_id_that_had_other_data_is_refused()
    {
        var account = await engine.NewAccountAsync();
        var id = Guid.CreateVersion7();
        await account.SendAsync(AProcess, id);

        var other = await account.SendAsync(AProcess with { Name = "Invoices" }, id);

        other.Refusal!.Code.ShouldBe(RefusalCodes.CommandIdReused);
    }

    [Fact]
    public async Task to_an_unknown_account_is_refused()
    {
        var outcome = await new TestAccount(engine, "nobody").SendAsync(AProcess);

        outcome.Refusal!.Code.ShouldBe(RefusalCodes.UnknownAccount);
    }

    [Fact]
    public async Task beside_hundreds_of_others_keeps_positions_without_gap()
    {
        var account = await engine.NewAccountAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 700).Select(i => account.SendAsync(AConnection with { ComponentId = Guid.CreateVersion7(), Name = $"Connection {i}" })));

        outcomes.Select(outcome => outcome.Position).Order().ShouldBe(Enumerable.Range(1, 700).Select(i => (long)i));
    }
}
