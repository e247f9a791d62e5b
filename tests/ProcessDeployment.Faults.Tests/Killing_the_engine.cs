using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

public sealed class Killing_the_engine : Under_faults
{
    [Fact]
    public async Task loses_nothing_and_repeats_nothing()
    {
        foreach (var random in Rounds.Run("kill -9 of the engine"))
        {
            await SurvivesAsync(random, async () =>
            {
                await Engine.KillAsync();
                await Engine.StartAgainAsync();
            });
        }
    }
}
