using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row N1: the line to PostgreSQL is slow, or drips, or is cut again and again.</summary>
public sealed class Working_over_a_bad_line(Rig rig) : Under_faults(rig)
{
    /// <summary>What all pools together may have, and the sessions of their own.</summary>
    private const int MostSessions = 60;
    private const int MostThreads = 120;

    private int _round;

    [Fact]
    public Task to_the_database_loses_nothing_and_leaks_nothing() => RoundsAsync(
        "N1", "the line to PostgreSQL is slow, drips, or is cut",
        async (random, report) =>
        {
            await SurvivesAsync(
                random, report,
                load => (_round++ % 3) switch
                {
                    0 => SlowAsync(load, TimeSpan.FromMilliseconds(200), Line.Buffer),
                    1 => SlowAsync(load, TimeSpan.FromMilliseconds(1), most: random.Next(50, 500)),
                    _ => CutAsync(load, random),
                },
                () =>
                {
                    (Rig.ToDatabase.Delay, Rig.ToDatabase.Most) = (null, Line.Buffer);
                    return Task.CompletedTask;
                });
            Rig.ToDatabase.Lines.ShouldBeLessThan(MostSessions);
            using var engine = OsProcess.GetProcessById(Engine.ProcessId);
            engine.Threads.Count.ShouldBeLessThan(MostThreads);
        });

    private async Task SlowAsync(Load load, TimeSpan delay, int most)
    {
        (Rig.ToDatabase.Delay, Rig.ToDatabase.Most) = (delay, most);
        await load.AnsweredAsync(60, onEachChannel: 5);
    }

    private async Task CutAsync(Load load, Random random)
    {
        for (var cut = 0; cut < (Rounds.AreLong ? 100 : 30); cut++)
        {
            Rig.ToDatabase.Cut();
            await load.AnsweredAsync(random.Next(1, 10), onEachChannel: 0);
        }
    }
}
