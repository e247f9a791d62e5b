using System.Diagnostics;
using HdrHistogram;
using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Floor;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>
/// Commands that wait in a bus, durably, until the engine is let at them. A run ends when the last has taken effect; running
/// projections must have caught up soon after.
/// </summary>
internal sealed class BusScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Enough for a run about as long as one of the floor.</summary>
    private int Commands => 6_000 * options.Seconds;

    public async Task PostgresAsync()
    {
        var seeded = await Seeded.PrepareAsync(database);
        await using var engine = await EngineProcess.StartAsync(database);
        await using var intake = new PostgresBus(database);
        await RunAsync("PostgreSQL intake", intake, engine, seeded, paused: 4);
    }

    public async Task RabbitMqAsync()
    {
        var seeded = await Seeded.PrepareAsync(database);
        await using var broker = options.RabbitMq is null ? await RabbitBroker.StartAsync() : null;
        await using var engine = await EngineProcess.StartAsync(database, options.RabbitMq ?? broker!.Address);
        await using var bus = await RabbitBus.OpenAsync(options.RabbitMq ?? broker!.Address, engine);
        await RunAsync("RabbitMQ", bus, engine, seeded, paused: 3);
    }

    private async Task RunAsync(string name, IBus bus, EngineProcess engine, Seeded seeded, double paused)
    {
        await ReadModels.CaughtUpAsync(database, seeded.Accounts);
        await using var floor = await HandWritten.PrepareAsync(database, Seeded.OneAccount, connections: 32);
        var end = await EndState.BeginAsync(database, seeded.Accounts);
        var variants = new[] { (What: "one account", Work: seeded.One), (What: "20 accounts", Work: seeded.Twenty) };

        await engine.PauseProjectionsAsync();
        foreach (var (what, work) in variants.Where(variant => options.Wants($"{variant.What} paused")))
        {
            var pairs = await Pairs.RunAsync(options.Pairs, () => floor.RunAsync(32, options.Duration), async () => end.Count(await DrainAsync(bus, engine, work)));
            report.Add(pairs.Rate($"{name}, {what}, projections paused", Target.AtLeastTimes(paused)));
        }

        await engine.ResumeProjectionsAsync();
        await ReadModels.CaughtUpAsync(database, seeded.Accounts);
        foreach (var (what, work) in variants.Where(variant => options.Wants($"{variant.What} running")))
        {
            var behind = new List<double>();
            var pairs = await Pairs.RunAsync(options.Pairs, () => floor.RunAsync(32, options.Duration), async () =>
            {
                var run = end.Count(await DrainAsync(bus, engine, work));
                behind.Add((await ReadModels.CaughtUpAsync(database, seeded.Accounts)).TotalSeconds);
                return run;
            });
            report.Add(pairs.Rate($"{name}, {what}, projections running", Target.AtLeastTimes(2)));
            var caughtUp = Interval.Of(behind.Skip(1));
            report.Add(new($"{name}, {what}: read models caught up after the end", Floor: null, Report.Number(caughtUp.Median) + " s", caughtUp, Target.AtMost(2, "s")));
        }

        await end.CheckAsync();
        await end.CheckReadModelsAsync();
        await floor.CheckAsync(Seeded.OneAccount);
    }

    private async Task<Run> DrainAsync(IBus bus, EngineProcess engine, Workload work)
    {
        var accounts = work.Accounts.ToArray();
        var target = await PositionsAsync(accounts) + Commands;
        await bus.FillAsync(Enumerable.Range(0, Commands).Select(i => work.Items[i % work.Items.Count]));
        var cpuBefore = engine.CpuWith(database);
        var start = Stopwatch.GetTimestamp();
        await bus.ReleaseAsync();
        while (await PositionsAsync(accounts) < target)
        {
            if (Stopwatch.GetElapsedTime(start) > Patience) throw new InvalidOperationException("The commands of the bus did not all take effect.");
            // Asking without a pause would take the processor from what is measured.
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        HistogramBase none = Run.NewHistogram();
        return new(Commands, elapsed, none, engine.CpuWith(database) - cpuBefore);
    }

    private async Task<long> PositionsAsync(string[] accounts) =>
        (long)await database.ScalarAsync<decimal>("select sum(position) from process_deployment.account where account_id = any($1)", (object)accounts);
}
