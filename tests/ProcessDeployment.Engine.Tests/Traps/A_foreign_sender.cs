using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Tests.Traps;

/// <summary>Traps 1 and 8: a stream that is missing must not be taken for one that is empty, nor a repeat from elsewhere for something new.</summary>
public sealed class A_foreign_sender(EngineFixture engine)
{
    [Fact]
    public async Task that_repeats_a_deploy_over_another_channel_gets_the_first_outcome()
    {
        var account = await engine.NewAccountAsync();
        var (process, deploy) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await account.SendAsync(new SaveComponent { ComponentId = process, ComponentType = ComponentTypes.Process, Name = "Orders" });
        var first = await account.SendAsync(new DeployProcess { ProcessId = process }, deploy);

        var again = await account.SendAsync(new DeployProcess { ProcessId = process }, deploy, Channels.RabbitMq);

        (first.Replayed, again.Replayed).ShouldBe((false, true));
        again.Position.ShouldBe(first.Position);
        (await account.ScalarAsync<long>("select count(*) from process_deployment.process_version where account_id = $1")).ShouldBe(1);
    }

    [Fact]
    public async Task that_names_what_never_was_is_refused_and_starts_no_stream()
    {
        var account = await engine.NewAccountAsync();

        var outcome = await account.SendAsync(new RenameAtom { AtomId = Guid.CreateVersion7(), Name = "Main" });

        outcome.Refusal?.Code.ShouldBe(RefusalCodes.UnknownAtom);
        (await account.ScalarAsync<long>("select count(*) from events.mt_streams where tenant_id = $1")).ShouldBe(0);
    }
}
