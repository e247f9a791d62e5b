using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Benchmarks.Floor;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>The pipeline alone, in this process, without a channel before it or projections behind it.</summary>
internal sealed class PipelineScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private const int Processes = 10_000;

    private static readonly (string What, bool ManyAccounts, int InFlight, double Target)[] Variants =
    [
        ("one account, 32 in flight", false, 32, 2),
        ("20 accounts, 32 in flight", true, 32, 2),
        ("one account, 2,000 in flight", false, 2_000, 4),
        ("20 accounts, 2,000 in flight", true, 2_000, 4),
    ];

    public async Task RunAsync()
    {
        var one = Workload.Create(Processes, "bench-one");
        var twenty = Workload.Create(Processes, [.. Enumerable.Range(1, 20).Select(i => $"bench-{i:00}")]);
        await using var app = await EngineHost.BuildAsync(["--Logging:LogLevel:Default=Warning"], new() { Postgres = database.ConnectionString, Sample = false, Accounts = [.. one.Accounts, .. twenty.Accounts] });
        var pipeline = app.Services.GetRequiredService<ICommandPipeline>();
        await Seeding.SeedAsync(pipeline, one);
        await Seeding.SeedAsync(pipeline, twenty);
        await database.ExecuteAsync("vacuum analyze");
        await using var floor = await HandWritten.PrepareAsync(database, "bench-one", connections: 32);
        var end = new EndState(database, [.. one.Accounts, .. twenty.Accounts]);
        await end.BeginAsync();

        var commands = 0L;
        if (options.Wants("one in flight"))
        {
            var alone = await Pairs.RunAsync(options.Pairs, () => floor.RunAsync(1, options.Duration), () => OursAsync(one, 1));
            report.Add(alone.Latency("pipeline in process, one in flight: p50", 50, target: null));
        }

        foreach (var (what, manyAccounts, inFlight, target) in Variants.Where(variant => options.Wants(variant.What)))
        {
            var pairs = await Pairs.RunAsync(options.Pairs, () => floor.RunAsync(32, options.Duration), () => OursAsync(manyAccounts ? twenty : one, inFlight));
            report.Add(pairs.Rate($"pipeline in process, {what}", Target.AtLeastTimes(target)));
        }

        await end.CheckAsync(commands);
        await floor.CheckAsync("bench-one");

        async Task<Run> OursAsync(Workload workload, int inFlight)
        {
            var next = 0;
            var run = await ClosedLoop.RunAsync(inFlight, options.Duration, () => Cpu.Of(Environment.ProcessId, database), _ =>
                Seeding.SubmitAsync(pipeline, workload.Items[Interlocked.Increment(ref next) % workload.Items.Count]));
            commands += run.Commands;
            return run;
        }
    }
}
