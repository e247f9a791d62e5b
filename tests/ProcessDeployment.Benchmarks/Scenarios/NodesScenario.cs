using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>The same commands a second on one engine and spread over two, projections and sealing running: what sharing costs.</summary>
internal sealed class NodesScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private const int PerSecond = 500;
    private const int Connections = 32;
    private const int WarmUp = 8;

    public async Task RunAsync()
    {
        var seeded = await Seeded.PrepareAsync(database);
        await using var first = await EngineProcess.StartAsync(database);
        await ReadModels.CaughtUpAsync(database, seeded.Accounts);
        using var toFirst = await HttpLoad.OpenAsync(first.Port, Connections);
        // Not in turns: a program that has just started has its code to compile, which takes far longer than a turn.
        var one = await RunsAsync(seeded, toFirst, () => first.CpuWith(database));
        await using var second = await EngineProcess.StartAsync(database);
        using var toBoth = await HttpLoad.OpenAsync([first.Port, second.Port], Connections);
        var two = await RunsAsync(seeded, toBoth, () => first.CpuWith(database) is { } both && Cpu.OfProcess(second.ProcessId) is { } other ? both with { Program = both.Program + other } : null);

        var (before, after) = (Interval.Of(one.Select(Cost)), Interval.Of(two.Select(Cost)));
        report.Add(new(
            $"{PerSecond} commands a second on 20 accounts: CPU of a command with two engines, beside one", $"{before.Median:0.000} ms", $"{after.Median:0.000} ms",
            Interval.Of(one.Zip(two, (a, b) => Cost(b) / Cost(a))), Target.AtMostTimes(1.15), before.Median, after.Median));
        report.Add(new(
            "… p99 of an answer", $"{Interval.Of(one.Select(run => run.Milliseconds(99))).Median:0.0} ms", $"{Interval.Of(two.Select(run => run.Milliseconds(99))).Median:0.0} ms",
            Interval.Of(one.Zip(two, (a, b) => b.Milliseconds(99) / a.Milliseconds(99))), Target: null));
    }

    private async Task<List<Run>> RunsAsync(Seeded seeded, HttpLoad load, Func<CpuTime?> cpu)
    {
        for (var warm = 0; warm < WarmUp; warm++) await OfferAsync(seeded, load, static () => null);
        var runs = new List<Run>();
        for (var i = 0; i < options.Pairs; i++) runs.Add(await OfferAsync(seeded, load, cpu));
        return runs;
    }

    private static double Cost(Run run) => run.CpuPerCommand!.Value.Total;

    /// <summary>What read models and ledger have to do for it is counted in.</summary>
    private async Task<Run> OfferAsync(Seeded seeded, HttpLoad load, Func<CpuTime?> cpu)
    {
        var before = cpu();
        var run = await load.OfferAsync(seeded.Twenty.Items, PerSecond, options.Duration, static () => null);
        await ReadModels.CaughtUpAsync(database, seeded.Accounts);
        await SealingScenario.SealedAsync(database);
        return run with { Cpu = cpu() - before };
    }
}
