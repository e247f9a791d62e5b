using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row H4: SIGTERM while all channels are full, as at each roll-out.</summary>
[Collection(Rig_of_engines.Name)]
public sealed class Stopping_the_engine_gracefully(Rig rig) : Under_faults(rig)
{
    /// <summary>What supervisors wait before they kill.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public Task ends_in_time_and_without_error_and_loses_nothing() => RoundsAsync(
        "H4", "SIGTERM of the engine",
        (random, report) => SurvivesAsync(random, report, async () => (await Engine.TerminateAsync(Patience)).ShouldBe(0, Engine.LastWords), Engine.StartAgainAsync));
}
