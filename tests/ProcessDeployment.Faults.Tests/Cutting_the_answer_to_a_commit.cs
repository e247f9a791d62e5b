using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row P3: PostgreSQL has committed a batch, and the engine never hears of it.</summary>
public sealed class Cutting_the_answer_to_a_commit(Rig rig) : Under_faults(rig)
{
    [Fact]
    public Task leaves_one_effect_of_each_command() => RoundsAsync(
        "P3", "the answer to COMMIT is cut",
        (random, report) => SurvivesAsync(random, report, async load =>
        {
            for (var time = random.Next(3, 8); time > 0; time--)
            {
                using var moment = Rig.ToDatabase.Await("process-deployment pipeline", Said.Committed, times: random.Next(1, 40));
                await moment.ReachedAsync();
                moment.CutLine();
            }
        }));
}
