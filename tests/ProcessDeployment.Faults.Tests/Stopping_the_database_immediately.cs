using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

public sealed class Stopping_the_database_immediately : Under_faults
{
    [Fact]
    public async Task loses_nothing_and_needs_no_hand()
    {
        foreach (var random in Rounds.Run("immediate stop of PostgreSQL"))
        {
            await SurvivesAsync(random, async () =>
            {
                await Database.StopImmediatelyAsync();
                await Database.StartAgainAsync();
            });
        }
    }
}
