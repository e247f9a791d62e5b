using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row H3: one of two engines is stopped in the middle of its work by SIGSTOP, the other goes on, and the first comes back with what it believed.</summary>
[Collection(Rig_of_engines.Name)]
public sealed class Freezing_the_engine(Rig rig) : Under_faults(rig)
{
    private EngineProcess? _other;

    public override async ValueTask InitializeAsync() => _other = await Rig.StartEngineAsync();

    public override async ValueTask DisposeAsync()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"What the other engine said last:\n{_other?.LastWords}");
        if (_other is not null) await _other.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public Task leaves_no_trace_of_what_it_believed() => RoundsAsync(
        "H3", "SIGSTOP and SIGCONT of one of two engines",
        (random, report) => SurvivesAsync(
            random, report,
            async _ =>
            {
                await Signals.SendAsync("STOP", Engine.ProcessId);
                using var frozen = new PeriodicTimer(TimeSpan.FromSeconds(random.Next(1, Rounds.AreLong ? 60 : 4)));
                await frozen.WaitForNextTickAsync();
            },
            () => Signals.SendAsync("CONT", Engine.ProcessId),
            _other!.Url));
}
