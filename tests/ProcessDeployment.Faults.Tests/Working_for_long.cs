using System.Diagnostics;
using Npgsql;
using ProcessDeployment.Faults.Tests.Harness;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row S1: about half of what the engine can do, for a minute beside the other rows, or for two hours in the long form.</summary>
public sealed class Working_for_long : IAsyncLifetime
{
    private const int Workers = 8;

    /// <summary>Each worker sends so often.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Length = Rounds.AreLong ? TimeSpan.FromHours(2) : TimeSpan.FromSeconds(60);

    private readonly OutsideLedger _ledger = new();
    private readonly List<long> _memory = [];
    private Server? _server;
    private EngineProcess? _engine;

    public async ValueTask InitializeAsync()
    {
        _server = await Server.StartAsync();
        _engine = await EngineProcess.StartAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task leaks_nothing_grows_nothing_and_complains_of_nothing()
    {
        using var report = new RowReport("S1", $"{Length.TotalMinutes:0} min of half load");
        foreach (var random in Rounds.Run("a soak", rounds: 1))
        {
            await using var http = new HttpSender(_engine!.Url);
            var commands = new RandomCommands(new(random.Next()));
            foreach (var command in commands.Beginning()) await Load.DeliverAsync(_ledger.Intend(Under_faults.HttpAccount, command), http, TestContext.Current.CancellationToken);
            var since = Stopwatch.GetTimestamp();
            await Task.WhenAll([WatchAsync(since), .. Enumerable.Range(0, Workers).Select(_ => WorkAsync(commands, http, since))]);
            report.RoundEnded();
        }

        await Verdict.OnAsync(_server!.ConnectionString, _ledger, report);
        TestContext.Current.TestOutputHelper?.WriteLine($"Memory in MB: {string.Join(' ', _memory.Select(bytes => bytes >> 20))}");
        // What it needs while it starts to work is no leak.
        var (middle, end) = (Median(_memory.Skip(_memory.Count / 3).Take(_memory.Count / 3)), Median(_memory.TakeLast(_memory.Count / 3)));
        end.ShouldBeLessThan(middle + Math.Max(middle / 4, 64 << 20));
        _engine!.Said.Where(line => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal) || line.Contains("\"LogLevel\":\"Critical\"", StringComparison.Ordinal)).ShouldBeEmpty();
        await TablesAreBoundedAsync();
    }

    private async Task WorkAsync(RandomCommands commands, HttpSender http, long since)
    {
        using var timer = new PeriodicTimer(Pace);
        while (Stopwatch.GetElapsedTime(since) < Length)
        {
            await Load.DeliverAsync(_ledger.Intend(Under_faults.HttpAccount, commands.Next()), http, TestContext.Current.CancellationToken);
            await timer.WaitForNextTickAsync();
        }
    }

    private async Task WatchAsync(long since)
    {
        using var timer = new PeriodicTimer(Length / 60);
        while (Stopwatch.GetElapsedTime(since) < Length && await timer.WaitForNextTickAsync()) _memory.Add(_engine!.Memory);
    }

    /// <summary>Whatever is not history: queues, and what Wolverine notes about its nodes.</summary>
    private async Task TablesAreBoundedAsync()
    {
        await using var database = NpgsqlDataSource.Create(_server!.ConnectionString);
        var tables = new List<string>();
        await using (var ask = database.CreateCommand("select relname::text from pg_class where relnamespace = 'wolverine'::regnamespace and relkind = 'r'"))
        {
            await using var rows = await ask.ExecuteReaderAsync();
            while (await rows.ReadAsync()) tables.Add(rows.GetString(0));
        }

        foreach (var table in tables)
        {
            await using var count = database.CreateCommand($"select count(*) from wolverine.{table}");
            ((long)(await count.ExecuteScalarAsync())!).ShouldBeLessThan(1_000, table);
        }
    }

    private static long Median(IEnumerable<long> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
