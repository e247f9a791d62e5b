using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Pipeline;

/// <summary>Defect: a refusal lengthens the stream of the Process but changes nothing of its state, whose row then named the old length.</summary>
public sealed class After_a_refused_attachment(EngineFixture engine)
{
    [Fact]
    public async Task the_process_takes_further_commands()
    {
        var account = await engine.NewAccountAsync();
        var process = Guid.CreateVersion7();
        await account.SendAsync(new SaveComponent { ComponentId = process, ComponentType = ComponentTypes.Process, Name = "Orders" });
        await account.SendAsync(new AttachAtoms { ProcessId = process, AtomIds = [Guid.CreateVersion7()] });

        var outcome = await account.SendAsync(new DeployProcess { ProcessId = process });

        outcome.Status.ShouldBe(OutcomeStatus.Accepted);
        outcome.Events[0].Number.ShouldBe(3);
    }
}
