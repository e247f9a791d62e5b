using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Floor;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>The pipeline alone, in this process, without a channel before it or projections behind it.</summary>
internal sealed class PipelineScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private static readonly (string What, bool ManyAccounts, int InFlight, Target? Target)[] Variants =
    [
        ("one account, 32 in flight", false, 32, null),
        ("20 accounts, 32 in flight", true, 32, null),
        ("one account, 2,000 in flight", false, 2_000, null),
        ("20 accounts, 2,000 in flight", true, 2_000, null),
    ];

    public async Task RunAsync()
    {
        var seeded = await Seeded.PrepareAsync(database);
        await using var app = await Seeded.PipelineAsync(database, seeded.Accounts);
        var pipeline = app.Services.GetRequiredService<ICommandPipeline>();
        await using var floor = await HandWritten.PrepareAsync(database, Seeded.OneAccount, connections: 32);
        var end = await EndState.BeginAsync(database, seeded.Accounts);

        if (options.Wants("one in flight"))
        {
            var alone = await Pairs.RunAsync(options.Pairs, () => floor.RunAsync(1, options.Duration), () => OursAsync(seeded.One, 1));
            report.Add(alone.Latency("pipeline in process, one in flight: p50", 50, target: null));
        }

        foreach (var (what, manyAccounts, inFlight, target) in Variants.Where(variant => options.Wants(variant.What)))
        {
            var pairs = await Pairs.RunAsync(options.Pairs, () => floor.RunAsync(32, options.Duration), () => OursAsync(manyAccounts ? seeded.Twenty : seeded.One, inFlight));
            report.Add(pairs.Rate($"pipeline in process, {what}", target));
        }

        foreach (var (what, workload) in new[] { ("20 accounts", seeded.Twenty), ("one account", seeded.One) }.Where(variant => options.Wants($"offered, {variant.Item1}")))
            report.Add(await OfferAsync(what, workload));

        await end.CheckAsync();
        await floor.CheckAsync(Seeded.OneAccount);

        async Task<Line> OfferAsync(string what, Workload workload)
        {
            var next = -1;
            var runs = new List<Run>();
            for (var i = 0; i <= options.Repeats; i++)
            {
                var run = end.Count(await OpenLoop.RunAsync(4_000, 4 * options.Duration, workers: 2_000, () => Cpu.Of(Environment.ProcessId, database), _ =>
                    Seeding.SubmitAsync(pipeline, workload.Items[(Interlocked.Increment(ref next) & int.MaxValue) % workload.Items.Count])));
                Console.Error.WriteLine($"  {run.Rate:#,##0}/s, p50 {run.Milliseconds(50):0.0} ms, p99 {run.Milliseconds(99):0.0} ms");
                if (i > 0) runs.Add(run);
            }

            var p99 = Interval.Of(runs.Select(run => run.Milliseconds(99)));
            return new($"pipeline in process, 4,000 commands a second offered, {what}: p99 from due to outcome", null, Report.Number(p99.Median) + " ms", p99, Target.AtMost(40, "ms"));
        }

        async Task<Run> OursAsync(Workload workload, int inFlight)
        {
            var next = -1;
            return end.Count(await ClosedLoop.RunAsync(inFlight, options.Duration, () => Cpu.Of(Environment.ProcessId, database), _ =>
                Seeding.SubmitAsync(pipeline, workload.Items[(Interlocked.Increment(ref next) & int.MaxValue) % workload.Items.Count])));
        }
    }
}
