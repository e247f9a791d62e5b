using ProcessDeployment.Engine.Rebuild;

namespace ProcessDeployment.Engine.Tests.Rebuild;

public sealed class Taking_turns
{
    private readonly RebuildTurns _turns = new() { Length = TimeSpan.Zero };

    /// <summary>The large one goes on until the small one has ended: without turns neither would ever end.</summary>
    [Fact]
    public async Task ends_a_small_one_while_a_large_one_goes_on()
    {
        var (begun, ended) = (new TaskCompletionSource(), false);
        var large = Threads.RunAsync(() =>
        {
            using var turn = _turns.Begin(TestContext.Current.CancellationToken);
            begun.SetResult();
            var pages = 0;
            for (; !Volatile.Read(ref ended); pages++) turn.Next(TestContext.Current.CancellationToken);
            return pages;
        });
        await begun.Task.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);

        await Threads.RunAsync(() =>
        {
            using var turn = _turns.Begin(TestContext.Current.CancellationToken);
            for (var pages = 0; pages < 100; pages++) turn.Next(TestContext.Current.CancellationToken);
            Volatile.Write(ref ended, true);
            return 0;
        }).WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);

        (await large.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken)).ShouldBeGreaterThan(90);
    }

    [Fact]
    public void goes_on_at_once_while_nobody_waits()
    {
        using var turn = _turns.Begin(TestContext.Current.CancellationToken);

        for (var pages = 0; pages < 1_000; pages++) turn.Next(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void is_passed_over_for_whoever_gave_up_waiting()
    {
        using var gaveUp = new CancellationTokenSource();
        using (var turn = _turns.Begin(TestContext.Current.CancellationToken))
        {
            gaveUp.Cancel();
            Should.Throw<OperationCanceledException>(() => _turns.Begin(gaveUp.Token));
            turn.Next(TestContext.Current.CancellationToken);
        }

        _turns.Begin(TestContext.Current.CancellationToken).Dispose();
    }
}
