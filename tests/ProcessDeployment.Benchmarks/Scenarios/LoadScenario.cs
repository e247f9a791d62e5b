using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>Single commands over HTTP that fall due at a fixed rate, all projections running.</summary>
internal sealed class LoadScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private const int Connections = 256;

    public Task OpenLoopAsync() => RunAsync(async (seeded, engine, load, end) =>
    {
        var runs = new List<Run>();
        for (var i = 0; i <= options.Repeats; i++)
        {
            var run = end.Count(await OfferAsync(seeded, engine, load, 4_000, TimeSpan.FromSeconds(i == 0 ? options.Seconds : 30), static (_, _) => { }));
            Console.Error.WriteLine($"  {run.Rate:#,##0}/s, p50 {run.Milliseconds(50):0.0} ms, p99 {run.Milliseconds(99):0.0} ms, p99.9 {run.Milliseconds(99.9):0.0} ms");
            if (i > 0) runs.Add(run);
        }

        var p99 = Interval.Of(runs.Select(run => run.Milliseconds(99)));
        var cpu = runs.All(run => run.Cpu is not null) ? Interval.Of(runs.Select(run => run.CpuPerCommand!.Value.Total)).Median : (double?)null;
        report.Add(new("4,000 commands a second offered over HTTP, 20 accounts, 30 s: p99 from due to outcome", null, Report.Number(p99.Median) + " ms", p99, Target.AtMost(40, "ms"), OursCpu: cpu));
    });

    public Task LagAsync() => RunAsync(async (seeded, engine, load, end) =>
    {
        await using var watch = await LagWatch.StartAsync(database);
        var figures = new List<double>();
        for (var i = 0; i <= options.Repeats; i++)
        {
            end.Count(await OfferAsync(seeded, engine, load, 1_000, TimeSpan.FromSeconds(2 * options.Seconds), watch.Committed));
            await ReadModels.CaughtUpAsync(database, seeded.Accounts);
            var lag = await watch.TakeAsync();
            Console.Error.WriteLine($"  {lag.TotalCount} commands, lag p50 {lag.GetValueAtPercentile(50) / 1000.0:0} ms, p99 {lag.GetValueAtPercentile(99) / 1000.0:0} ms, most {lag.GetValueAtPercentile(100) / 1000.0:0} ms");
            if (i > 0) figures.Add(lag.GetValueAtPercentile(99) / 1000.0);
        }

        var p99 = Interval.Of(figures);
        report.Add(new("1,000 commands a second: p99 from outcome to read models", null, Report.Number(p99.Median) + " ms", p99, Target.AtMost(250, "ms")));
    });

    private Task<Run> OfferAsync(Seeded seeded, EngineProcess engine, HttpLoad load, int perSecond, TimeSpan duration, Action<string, long> committed)
    {
        var next = -1;
        var items = seeded.Twenty.Items;
        return OpenLoop.RunAsync(perSecond, duration, load.Connections.Count, () => engine.CpuWith(database), async worker =>
        {
            var item = items[(Interlocked.Increment(ref next) & int.MaxValue) % items.Count];
            await load.Connections[worker].ReviseAsync(item);
            committed(item.AccountId, load.Connections[worker].Position());
        });
    }

    private async Task RunAsync(Func<Seeded, EngineProcess, HttpLoad, EndState, Task> measure)
    {
        var seeded = await Seeded.PrepareAsync(database);
        await using var engine = await EngineProcess.StartAsync(database);
        await ReadModels.CaughtUpAsync(database, seeded.Accounts);
        using var load = await HttpLoad.OpenAsync(engine.Port, Connections);
        var end = await EndState.BeginAsync(database, seeded.Accounts);
        await measure(seeded, engine, load, end);
        await ReadModels.CaughtUpAsync(database, seeded.Accounts);
        await end.CheckAsync();
        await end.CheckReadModelsAsync();
    }
}
