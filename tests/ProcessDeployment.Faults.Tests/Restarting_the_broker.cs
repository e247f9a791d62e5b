using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

public sealed class Restarting_the_broker : Under_faults
{
    [Fact]
    public async Task loses_nothing_and_repeats_nothing()
    {
        Assert.SkipWhen(Broker is null, "No rabbitmq-server in PATH or /usr/lib/rabbitmq/bin: install it to run the tests of the bus.");
        foreach (var random in Rounds.Run("kill -9 and restart of RabbitMQ"))
        {
            await SurvivesAsync(random, async () =>
            {
                await Broker.KillAsync();
                await Broker.StartAsync();
            });
        }
    }
}
