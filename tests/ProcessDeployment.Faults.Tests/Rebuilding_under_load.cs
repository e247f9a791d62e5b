using System.Diagnostics;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row D2: everything is rebuilt under load; the engine is killed meanwhile. Two rebuilds at once, cancelled ones and none to do are tried in the tests of the engine.</summary>
public sealed class Rebuilding_under_load : IAsyncLifetime
{
    private readonly OutsideLedger _ledger = new();
    private Server? _server;
    private EngineProcess? _engine;

    public async ValueTask InitializeAsync()
    {
        _server = await Server.StartAsync();
        _engine = await EngineProcess.StartAsync(_server, rabbitMq: null, "by-sql");
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"What the engine said last:\n{_engine.LastWords}");
            await _engine.DisposeAsync();
        }

        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task fails_no_request_and_ends_equal_to_the_events()
    {
        using var rebuilds = new Rebuilds(_engine!.Url);
        await UnderLoadAsync(new Random(1), async load =>
        {
            await load.AnsweredAsync(500, onEachChannel: 20);
            var ended = false;
            var asking = rebuilds.AskAsync(() => Volatile.Read(ref ended));
            for (var round = 0; round < Rounds.Count; round++) await rebuilds.EndsProvedAsync(await rebuilds.BeginAsync());
            Volatile.Write(ref ended, true);
            (await asking).ShouldBeGreaterThan(Rounds.Count);
        });
    }

    [Fact]
    public async Task goes_on_after_a_kill_and_ends_equal_to_the_events()
    {
        using var rebuilds = new Rebuilds(_engine!.Url);
        using var report = new RowReport("D2", "kill -9 of the engine during a rebuild");
        foreach (var random in Rounds.Run("kill -9 of the engine during a rebuild"))
        {
            await UnderLoadAsync(random, async load =>
            {
                await load.AnsweredAsync(random.Next(200, 800), onEachChannel: 20);
                string job;
                // Every second time it is certainly killed before its end: what it has built is there, and what answers is the old.
                await using (random.Next(2) == 0 ? await Rebuilds.KeptFromItsEndAsync(_server!.ConnectionString) : null)
                {
                    job = await rebuilds.BeginAsync();
                    await load.AnsweredAsync(random.Next(1, 400), onEachChannel: 1);
                    await _engine.KillAsync();
                }

                var since = Stopwatch.GetTimestamp();
                await _engine.StartAgainAsync();
                report.Recovered(Stopwatch.GetElapsedTime(since));
                await rebuilds.EndsProvedAsync(job);
                await load.AnsweredAsync(200, onEachChannel: 20);
            });
            await Verdict.OnAsync(_server!.ConnectionString, _ledger, report);
            report.RoundEnded();
        }

        await rebuilds.EndsProvedAsync(await rebuilds.BeginAsync(verifyOnly: true));
    }

    private async Task UnderLoadAsync(Random random, Func<Load, Task> during)
    {
        await using var load = new Load(_ledger);
        await load.BeginAsync("local", new(new(random.Next())), new HttpSender(_engine!.Url), workers: 16);
        await load.BeginAsync("by-sql", new(new(random.Next())), new SqlSender(_server!.ConnectionString), workers: 8);
        var (before, since) = (_ledger.Answered, Stopwatch.GetTimestamp());
        await during(load);
        // As many as the machine gives: what the guarantee is worth is seen from what it bore.
        TestContext.Current.TestOutputHelper?.WriteLine($"{(_ledger.Answered - before) / Stopwatch.GetElapsedTime(since).TotalSeconds:0} commands a second were answered, outages included.");
        await load.EndAsync();
    }
}
