using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>The same commands to an engine that serves its own machine and to one that asks who it is and what they may do.</summary>
internal sealed class IdentityScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private const int PerSecond = 400;
    private const int Connections = 16;

    public async Task RunAsync()
    {
        var seeded = await Seeded.PrepareAsync(database);
        // Credentials say whose it is and who acts.
        var revisions = seeded.One.Items.Select(item => Revision.Of(item.Command with { AccountId = null, Actor = null })).ToList();
        await using var other = await database.NewAsync("with_identity");
        await Seeded.PrepareAsync(other);
        await using var identities = await Identities.PrepareAsync(other, Seeded.OneAccount);
        await using var open = await EngineProcess.StartAsync(database, rabbitMq: null, asShipped: true, "/health/ready", ("PROCESSDEPLOYMENT_ACCOUNT", Seeded.OneAccount));
        await using var closed = await identities.StartAsync(other, ("Limits__CommandsPerSecond", "1000000"), ("Limits__QuestionsPerSecond", "1000000"));
        using var without = await HttpLoad.OpenAsync(open.Port, Connections);
        foreach (var (what, credentials) in new[] { ("tokens signed with RS256", identities.Token(Seeded.OneAccount)), ("API keys", identities.Key(Seeded.OneAccount)) }.Where(variant => options.Wants(variant.Item1)))
        {
            using var with = await HttpLoad.OpenAsync(closed.Port, Connections, credentials);
            var pairs = await Pairs.RunAsync(options.Pairs, () => OfferAsync(without, open, database), () => OfferAsync(with, closed, other));
            var (floor, ours) = (Interval.Of(pairs.Floor.Select(Cost)), Interval.Of(pairs.Ours.Select(Cost)));
            report.Add(new(
                $"{PerSecond} commands a second by {what} and roles: CPU of a command, beside one without identity", $"{floor.Median:0.000} ms", $"{ours.Median:0.000} ms",
                Interval.Of(pairs.Floor.Zip(pairs.Ours, (a, b) => Cost(b) / Cost(a))), Target.AtMostTimes(1.05), floor.Median, ours.Median));
        }

        async Task<Run> OfferAsync(HttpLoad load, EngineProcess engine, BenchmarkDatabase of)
        {
            var before = engine.CpuWith(of);
            var run = await load.OfferAsync(revisions, PerSecond, options.Duration, static () => null);
            await ReadModels.CaughtUpAsync(of, [Seeded.OneAccount]);
            await SealingScenario.SealedAsync(of);
            return run with { Cpu = engine.CpuWith(of) - before };
        }
    }

    private static double Cost(Run run) => run.CpuPerCommand!.Value.Total;
}
