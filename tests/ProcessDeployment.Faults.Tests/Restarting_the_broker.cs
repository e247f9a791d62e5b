using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row R1: the broker goes as in a power cut, and comes back. Deleted queues, closed channels and full memory are tried in A_broker_in_trouble.</summary>
public sealed class Restarting_the_broker(Rig rig) : Under_faults(rig)
{
    [Fact]
    public async Task loses_nothing_and_repeats_nothing()
    {
        Assert.SkipWhen(Broker is null, "No rabbitmq-server in PATH or /usr/lib/rabbitmq/bin: install it to run the tests of the bus.");
        await RoundsAsync("R1", "kill -9 of RabbitMQ", (random, report) => SurvivesAsync(random, report, Broker.KillAsync, Broker.StartAsync));
    }
}
