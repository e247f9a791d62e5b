using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>Proofs out of a tree with as many leaves as there are events; what the leaves are made of does not matter to them.</summary>
internal static class LedgerProofs
{
    private const string Account = "bench-proofs";
    private const int Proofs = 2_000;
    private const int AtOnce = 1 << 16;

    public static async Task MeasureAsync(IServiceProvider services, BenchmarkDatabase database, Report report, int events)
    {
        if (await database.ScalarAsync<long>("select count(*) from ledger.tile where account_id = $1", Account) == 0) await FillAsync(database, events);
        var (ledger, random, times, largest) = (services.GetRequiredService<LedgerReader>(), new Random(4711), new List<double>(), 0);
        for (var i = -200; i < Proofs; i++)
        {
            var position = random.Next(1, events + 1);
            var begun = Stopwatch.GetTimestamp();
            var proof = await ledger.InclusionAsync(Account, position, events, CancellationToken.None);
            if (i >= 0) times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            largest = Math.Max(largest, JsonSerializer.SerializeToUtf8Bytes(proof, WireJson.Options).Length);
        }

        times.Sort();
        var median = times[Proofs / 2];
        report.Add(new($"a proof out of {events:#,##0} events: median of {Proofs:#,##0} at random positions", null, $"{median:0.00} ms (p99 {times[(int)(0.99 * Proofs)]:0.00} ms)", new(median, median, median), Target.AtMost(1, "ms")));
        report.Add(new($"a proof out of {events:#,##0} events: the largest, as JSON", null, $"{largest} bytes", new(largest, largest, largest), Target.AtMost(1024, "bytes")));
    }

    private static async Task FillAsync(BenchmarkDatabase database, int events)
    {
        var log = new AccountLog(Account, new(), []);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        while (log.Size < events)
        {
            await using var trip = new RoundTrip(connection);
            new LedgerTables(trip).Add([log.Append(RandomNumberGenerator.GetBytes((int)Math.Min(AtOnce, events - log.Size) * SHA256.HashSizeInBytes))]);
            await trip.RunAsync(CancellationToken.None);
        }

        await database.ExecuteAsync("vacuum analyze ledger.tile");
    }
}
