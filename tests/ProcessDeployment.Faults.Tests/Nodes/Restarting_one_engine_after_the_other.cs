using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests.Nodes;

/// <summary>A rolling restart, as for another setting: each engine is told to stop, ends, and comes back, while the other serves.</summary>
[Collection(Rig_of_nodes.Name)]
public sealed class Restarting_one_engine_after_the_other(Rig rig) : Among_two_engines(rig)
{
    private const string Leaving = "PROCESSDEPLOYMENT_LEAVING";

    /// <summary>Longer than a balancer asks and waits.</summary>
    private const string Pause = "00:00:05";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private protected override IReadOnlyList<(string, string?)> SettingsOfOther => [(Leaving, Pause)];

    public override async ValueTask InitializeAsync()
    {
        await Rig.RestartEngineAsync((Leaving, Pause));
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Rig.RestartEngineAsync((Leaving, null));
    }

    [Fact]
    public Task is_no_error_to_any_caller() => RoundsAsync(
        "two nodes", "rolling restart of two engines",
        (random, report) => WorkingAsync(random, report, async (load, balancer) =>
        {
            foreach (var engine in (EngineProcess[])[Engine, Other])
            {
                (await engine.TerminateAsync(Patience)).ShouldBe(0, engine.LastWords);
                await load.AnsweredAsync(100, onEachChannel: 10);
                await engine.StartAgainAsync();
                await load.AnsweredAsync(100, onEachChannel: 10);
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{balancer.Answers} requests were answered, {balancer.Errors.Count} were not.");
            balancer.Errors.ShouldBeEmpty();
        }));
}
