using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row H1: kill -9 at any moment, and a new start.</summary>
[Collection(Rig_of_engines.Name)]
public sealed class Killing_the_engine(Rig rig) : Under_faults(rig)
{
    [Fact]
    public Task loses_nothing_and_repeats_nothing() => RoundsAsync(
        "H1", "kill -9 of the engine", (random, report) => SurvivesAsync(random, report, Engine.KillAsync, Engine.StartAgainAsync));
}
