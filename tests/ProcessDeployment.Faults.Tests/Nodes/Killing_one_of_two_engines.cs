using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests.Nodes;

/// <summary>One of two engines dies in the middle of the work; the other takes over what only one does for all at a time.</summary>
[Collection(Rig_alone.Name)]
public sealed class Killing_one_of_two_engines(Rig rig) : Among_two_engines(rig)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    [Fact]
    public Task loses_nothing_and_leaves_no_duty_undone_for_longer_than_15_seconds() => RoundsAsync(
        "two nodes", "kill -9 of one of two engines",
        (random, report) => WorkingAsync(random, report, async (load, _) =>
        {
            var victim = random.Next(2) == 0 ? Engine : Other;
            await victim.KillAsync();
            var took = await TakeOver.MeasureAsync(Database.ConnectionString, load);
            TestContext.Current.TestOutputHelper?.WriteLine($"{(victim == Other ? "The second" : "The first")} was killed; {took}");
            report.Recovered(took.Longest);
            took.Longest.ShouldBeLessThanOrEqualTo(Longest, $"{took}");
            await victim.StartAgainAsync();
        }));
}
