using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>What the ledger costs and gives: the pipeline in this process with the sealer beside it and without.</summary>
internal sealed class SealingScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private const int PerSecond = 1_000;

    public async Task RunAsync()
    {
        var seeded = await Seeded.PrepareAsync(database);
        await using var app = await Seeded.PipelineAsync(database, seeded.Accounts);
        // The sealer is woken by notifications, as in an engine that runs.
        var waker = app.Services.GetServices<IHostedService>().OfType<AppendWaker>().Single();
        await waker.StartAsync(CancellationToken.None);
        if (options.Wants("cost")) await CostAsync(app, seeded.Twenty);
        if (options.Wants("lag")) await LagAsync(app, seeded.Twenty);
        await waker.StopAsync(CancellationToken.None);
        if (options.Wants("proof")) await LedgerProofs.MeasureAsync(app.Services, database, report, options.Events);
        if (options.Wants("verify")) report.Add(await OfflineVerification.MeasureAsync(options.Events));
    }

    /// <summary>Processor time of everything, PostgreSQL included; what was not sealed within the run is sealed before it is counted.</summary>
    private async Task CostAsync(WebApplication app, Workload workload)
    {
        var (without, with, backlog) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i <= options.Pairs; i++)
        {
            var bare = await OfferAsync(app, workload);
            var before = Cpu.Of(Environment.ProcessId, database)!.Value;
            var sealer = await StartAsync(app);
            await SealedAsync(database);
            var sealing = (Cpu.Of(Environment.ProcessId, database)!.Value - before) / bare.Commands;
            before = Cpu.Of(Environment.ProcessId, database)!.Value;
            var full = await OfferAsync(app, workload);
            await SealedAsync(database);
            var cost = (Cpu.Of(Environment.ProcessId, database)!.Value - before) / full.Commands;
            await sealer.StopAsync(CancellationToken.None);
            Console.Error.WriteLine($"  {i}/{options.Pairs}: {bare.CpuPerCommand!.Value.Total:0.0000} ms without, {cost.Total:0.0000} ms with, {sealing.Total:0.0000} ms to seal what had waited");
            if (i == 0) continue;
            without.Add(bare.CpuPerCommand!.Value.Total);
            with.Add(cost.Total);
            backlog.Add(sealing.Total);
        }

        var (floor, ours) = (Interval.Of(without), Interval.Of(with));
        report.Add(new(
            "1,000 commands a second on 20 accounts: CPU of a command with the sealer, beside one without", $"{floor.Median:0.000} ms", $"{ours.Median:0.000} ms",
            Interval.Of(without.Zip(with, (a, b) => b / a)), Target.AtMostTimes(1.02), floor.Median, ours.Median));
        report.Add(new(
            "CPU to seal an event that waited, beside that of its command", $"{floor.Median:0.000} ms", $"{Interval.Of(backlog).Median:0.0000} ms",
            Interval.Of(without.Zip(backlog, (a, b) => b / a)), Target.AtMostTimes(0.02)));
    }

    /// <summary>The oldest event of each round: no other waited longer.</summary>
    private async Task LagAsync(WebApplication app, Workload workload)
    {
        var status = app.Services.GetRequiredService<SealerStatus>();
        var sealer = await StartAsync(app);
        await SealedAsync(database);
        var lags = new List<double>();
        void Note(long number, TimeSpan? lag)
        {
            if (lag is { } oldest) lags.Add(oldest.TotalMilliseconds);
        }

        status.Made += Note;
        for (var i = 0; i < 4; i++) await OfferAsync(app, workload);
        await SealedAsync(database);
        status.Made -= Note;
        await sealer.StopAsync(CancellationToken.None);
        lags.Sort();
        var p99 = lags[(int)Math.Ceiling(0.99 * lags.Count) - 1];
        report.Add(new(
            $"lag of sealing at 1,000 commands a second: p99 of the oldest event of {lags.Count} checkpoints, from its append to its published checkpoint", null, $"{p99:0} ms (median {lags[lags.Count / 2]:0} ms)",
            new(p99, p99, p99), Target.AtMost(1000, "ms")));
    }

    private async Task<Run> OfferAsync(WebApplication app, Workload workload)
    {
        var (pipeline, next) = (app.Services.GetRequiredService<ICommandPipeline>(), -1);
        return await OpenLoop.RunAsync(PerSecond, options.Duration, workers: 200, () => Cpu.Of(Environment.ProcessId, database), _ =>
            Seeding.SubmitAsync(pipeline, workload.Items[(Interlocked.Increment(ref next) & int.MaxValue) % workload.Items.Count]));
    }

    private static async Task<Sealer> StartAsync(WebApplication app)
    {
        var sealer = ActivatorUtilities.CreateInstance<Sealer>(app.Services);
        await sealer.StartAsync(CancellationToken.None);
        return sealer;
    }

    /// <summary>Waits until every event is sealed.</summary>
    public static async Task SealedAsync(BenchmarkDatabase database)
    {
        const string Unsealed = "select count(*) from process_deployment.account a where a.position > coalesce((select max(size) from ledger.head h where h.account_id = a.account_id), 0)";
        // Asking without a pause would take the processor from the sealer.
        for (var begun = Stopwatch.GetTimestamp(); await database.ScalarAsync<long>(Unsealed) > 0; await Task.Delay(50))
        {
            if (Stopwatch.GetElapsedTime(begun) > TimeSpan.FromMinutes(10)) throw new InvalidOperationException("The sealer does not come to an end.");
        }
    }
}
