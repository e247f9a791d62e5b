using System.Net;
using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>Callers who do nothing wrong, with and without others who take what they can: how long the first wait for an answer.</summary>
internal sealed class FloodsScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private const string Good = "bench-01";
    private const string Bad = "bench-02";
    private const int PerSecond = 100;

    public async Task RunAsync()
    {
        var seeded = await Seeded.PrepareAsync(database);
        await using var identities = await Identities.PrepareAsync(database, Good, Bad);
        await using var engine = await identities.StartAsync(database);
        using var good = await HttpLoad.OpenAsync(engine.Port, 16, identities.Token(Good));
        var (mine, theirs) = (Of(seeded, Good), Of(seeded, Bad));

        // From so many addresses that the limit of failures of one stands in the way of few.
        if (options.Wants("signature")) await MeasureAsync("1,000 well-formed tokens a second with a wrong signature, from 500 addresses", 500, 1_000, identities.BadToken(Good), Target.AtMostTimes(1.2), connection => connection.GetAsync("/api/v1/processes"));
        if (options.Wants("malformed")) await MeasureAsync("10,000 malformed tokens a second, from 500 addresses", 500, 10_000, "Bearer nonsense", Target.AtMostTimes(1.2), connection => connection.GetAsync("/api/v1/processes"));
        if (options.Wants("account")) await MeasureAsync("one account sends 2,000 commands a second", 64, 2_000, identities.Key(Bad), Target.AtMostTimes(2), connection => connection.SendAsync(theirs[Random.Shared.Next(theirs.Count)]));

        async Task MeasureAsync(string what, int connections, int perSecond, string credentials, Target target, Func<HttpConnection, ValueTask<int>> send)
        {
            var (quiet, flooded, answers) = (new List<Run>(), new List<Run>(), new int[600]);
            List<HttpConnection> flood = [];
            for (var i = 0; i < connections; i++) flood.Add(await HttpConnection.OpenAsync(engine.Port, credentials, new IPAddress([127, 8, (byte)(i / 250), (byte)((i % 250) + 1)])));
            for (var i = 0; i <= options.Pairs; i++)
            {
                var alone = await good.OfferAsync(mine, PerSecond, options.Duration, static () => null);
                var flooding = OpenLoop.RunAsync(perSecond, options.Duration, connections, static () => null, async worker => Interlocked.Increment(ref answers[await send(flood[worker])]));
                var among = await good.OfferAsync(mine, PerSecond, options.Duration, static () => null);
                var sent = await flooding;
                Console.Error.WriteLine($"  {i}/{options.Pairs}: p99 {alone.Milliseconds(99):0.0} ms alone, {among.Milliseconds(99):0.0} ms among {sent.Rate:#,##0}/s");
                if (i == 0) continue;
                quiet.Add(alone);
                flooded.Add(among);
            }

            foreach (var connection in flood) connection.Dispose();
            var told = string.Join(", ", answers.Select((count, status) => (count, status)).Where(answer => answer.count > 0).Select(answer => $"{answer.count:#,##0} × {answer.status}"));
            report.Add(new(
                $"p99 of {PerSecond} commands a second of others while {what} ({told})",
                $"{Interval.Of(quiet.Select(P99)).Median:0.0} ms", $"{Interval.Of(flooded.Select(P99)).Median:0.0} ms", Interval.Of(quiet.Zip(flooded, (a, b) => P99(b) / P99(a))), target));
        }
    }

    private static double P99(Run run) => run.Milliseconds(99);

    private static List<Revision> Of(Seeded seeded, string account) => [.. seeded.Twenty.Items.Where(item => item.AccountId == account).Select(item => Revision.Of(item.Command with { AccountId = null, Actor = null }))];
}
