using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>The same commands a second on one engine and spread over two, projections and sealing running: what sharing costs.</summary>
internal sealed class NodesScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private const int PerSecond = 500;
    private const int Connections = 32;

    public async Task RunAsync()
    {
        var seeded = await Seeded.PrepareAsync(database);
        await using var first = await EngineProcess.StartAsync(database);
        await ReadModels.CaughtUpAsync(database, seeded.Accounts);
        using var toFirst = await HttpLoad.OpenAsync(first.Port, Connections);
        var (one, two) = (new List<Run>(), new List<Run>());
        for (var i = 0; i <= options.Pairs; i++)
        {
            var alone = await OfferAsync(seeded, toFirst, () => first.CpuWith(database));
            await using var second = await EngineProcess.StartAsync(database);
            using var toBoth = await HttpLoad.OpenAsync([first.Port, second.Port], Connections);
            // A program that has just started has its code to compile.
            for (var warm = 0; warm < 2; warm++) await OfferAsync(seeded, toBoth, static () => null);
            var shared = await OfferAsync(seeded, toBoth, () => first.CpuWith(database) is { } both && Cpu.OfProcess(second.ProcessId) is { } other ? both with { Program = both.Program + other } : null);
            Console.Error.WriteLine($"  {i}/{options.Pairs}: {alone.CpuPerCommand!.Value.Total:0.000} ms on one, {shared.CpuPerCommand!.Value.Total:0.000} ms on two");
            if (i == 0) continue;
            one.Add(alone);
            two.Add(shared);
        }

        var (before, after) = (Interval.Of(one.Select(Cost)), Interval.Of(two.Select(Cost)));
        report.Add(new(
            $"{PerSecond} commands a second on 20 accounts: CPU of a command with two engines, beside one", $"{before.Median:0.000} ms", $"{after.Median:0.000} ms",
            Interval.Of(one.Zip(two, (a, b) => Cost(b) / Cost(a))), Target.AtMostTimes(1.15), before.Median, after.Median));
        report.Add(new(
            "… p99 of an answer", $"{Interval.Of(one.Select(run => run.Milliseconds(99))).Median:0.0} ms", $"{Interval.Of(two.Select(run => run.Milliseconds(99))).Median:0.0} ms",
            Interval.Of(one.Zip(two, (a, b) => b.Milliseconds(99) / a.Milliseconds(99))), Target: null));
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
