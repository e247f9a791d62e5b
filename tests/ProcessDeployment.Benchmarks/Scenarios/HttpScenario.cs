using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Floor;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>One command a request over kept connections, to an engine in its own process; by itself, and with all projections running.</summary>
internal sealed class HttpScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    public Task LatencyAsync() => RunAsync(async (seeded, engine, floor, end, load) =>
    {
        var pairs = await Pairs.RunAsync(
            options.Pairs, () => floor.RunAsync(1, options.Duration), async () => end.Count(await load.RunAsync(seeded.One, 1, options.Duration, () => engine.CpuWith(database))));
        report.Add(pairs.Latency("HTTP, one client: p50", 50, Target.AtMostTimes(2)));
    });

    public Task RateAsync() => RunAsync(async (seeded, engine, floor, end, load) =>
    {
        await engine.PauseProjectionsAsync();
        await MeasureAsync("paused");
        await engine.ResumeProjectionsAsync();
        await ReadModels.CaughtUpAsync(database, seeded.Accounts);
        await MeasureAsync("running");

        async Task MeasureAsync(string projections)
        {
            foreach (var (what, workload) in new[] { ("20 accounts", seeded.Twenty), ("one account", seeded.One) }.Where(variant => options.Wants(variant.Item1)))
            {
                var pairs = await Pairs.RunAsync(
                    options.Pairs, () => floor.RunAsync(32, options.Duration), async () => end.Count(await load.RunAsync(workload, 32, options.Duration, () => engine.CpuWith(database))));
                report.Add(pairs.Rate($"HTTP, 32 clients, {what}, projections {projections}", Target.AtLeastTimes(2)));
            }
        }
    });

    private async Task RunAsync(Func<Seeded, EngineProcess, HandWritten, EndState, HttpLoad, Task> measure)
    {
        var seeded = await Seeded.PrepareAsync(database);
        await using var engine = await EngineProcess.StartAsync(database);
        await ReadModels.CaughtUpAsync(database, seeded.Accounts);
        await using var floor = await HandWritten.PrepareAsync(database, Seeded.OneAccount, connections: 32);
        using var load = await HttpLoad.OpenAsync(engine.Port, connections: 32);
        var end = await EndState.BeginAsync(database, seeded.Accounts);
        await measure(seeded, engine, floor, end, load);
        await ReadModels.CaughtUpAsync(database, seeded.Accounts);
        await end.CheckAsync();
        await end.CheckReadModelsAsync();
        await floor.CheckAsync(Seeded.OneAccount);
    }
}
