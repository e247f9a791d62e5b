using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row P1: PostgreSQL goes as in a power cut, and comes back.</summary>
public sealed class Stopping_the_database_immediately(Rig rig) : Under_faults(rig)
{
    [Fact]
    public Task loses_nothing_and_needs_no_hand() => RoundsAsync(
        "P1", "immediate stop of PostgreSQL",
        (random, report) => SurvivesAsync(
            random, report,
            async load =>
            {
                await Database.CheckpointAsync();
                await load.AnsweredAsync(random.Next(1, 150), onEachChannel: 1);
                await Database.StopImmediatelyAsync();
            },
            Database.StartAgainAsync));
}
