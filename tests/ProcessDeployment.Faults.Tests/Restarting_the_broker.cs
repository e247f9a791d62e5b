using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

public sealed class Restarting_the_broker : Under_faults
{
    private protected override bool NeedsBroker => true;

    [Fact]
    public async Task loses_nothing_and_repeats_nothing()
    {
        foreach (var random in Rounds.Run("kill -9 and restart of RabbitMQ"))
        {
            await SurvivesAsync(random, async () =>
            {
                await Broker!.KillAsync();
                await Broker.StartAsync();
            });
        }
    }
}
