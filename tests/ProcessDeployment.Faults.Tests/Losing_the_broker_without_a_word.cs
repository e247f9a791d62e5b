using System.Diagnostics;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row R2: the line to RabbitMQ is half-open: nothing passes, and nobody is told. A short silence is waited out, a long one is noticed by the missing heartbeats.</summary>
public sealed class Losing_the_broker_without_a_word(Rig rig) : Under_faults(rig)
{
    /// <summary>Twice the heartbeat.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(20);

    private int _round;

    [Fact]
    public async Task is_noticed_in_time_and_needs_no_hand()
    {
        Assert.SkipWhen(Broker is null, "No rabbitmq-server in PATH or /usr/lib/rabbitmq/bin: install it to run the tests of the bus.");
        await RoundsAsync("R2", "the line to RabbitMQ falls silent", (random, report) => SurvivesAsync(
            random, report,
            async () =>
            {
                var sessions = Ended();
                Rig.ToBroker!.FallSilent();
                var since = Stopwatch.GetTimestamp();
                if (_round++ == 0 || Rounds.AreLong) await Until.TrueAsync(() => Task.FromResult(Ended() > sessions), () => "Nobody notices that the broker is silent.", Noticed);
                else await WaitAsync(TimeSpan.FromMilliseconds(random.Next(200, 3_000)));
                TestContext.Current.TestOutputHelper?.WriteLine($"Silent for {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s.");
            },
            () =>
            {
                Rig.ToBroker!.Speak();
                return Task.CompletedTask;
            }));
    }

    private int Ended() => Engine.Said.Count(line => line.Contains("The session with RabbitMQ ended", StringComparison.Ordinal));

    private static async Task WaitAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }
}
