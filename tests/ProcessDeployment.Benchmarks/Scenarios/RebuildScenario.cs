using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using HdrHistogram;
using Npgsql;
using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>
/// The list of Processes and the listing by Atom, rebuilt from a long log while the list is asked for; beside it, in the
/// same run, reading and decoding the same events and nothing more, and Marten's own daemon making the same rows.
/// </summary>
internal sealed class RebuildScenario(BenchmarkOptions options, BenchmarkDatabase server, Report report)
{
    private const string Account = "bench-rebuild";

    public async Task RunAsync()
    {
        foreach (var clustered in (bool[])[false, true])
        {
            if (options.Wants(clustered ? "clustered" : "interleaved")) await RunAsync(clustered ? "clustered" : "interleaved", clustered);
        }
    }

    private async Task RunAsync(string order, bool clustered)
    {
        await using var database = await server.NewAsync($"rebuild_{order}");
        await using (await Seeded.PipelineAsync(database, [Account])) await new LongLog(Account, options.Events, options.Events / 20).WriteAsync(database, clustered);
        await using var engine = await EngineProcess.StartAsync(database);
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{engine.Port}"), Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Add(BenchmarkedEngine.AccountHeader, "local");
        await RebuildAsync(http);

        var (floor, ours, ratios, busy) = (new List<double>(), new List<double>(), new List<double>(), Run.NewHistogram());
        var idle = await AskingAsync(engine.Port, Task.Delay(TimeSpan.FromSeconds(10)));
        for (var pair = 0; pair < Math.Min(options.Pairs, 3); pair++)
        {
            floor.Add(options.Events / (await ReadAsync(database)).TotalSeconds);
            // Once undisturbed for the rate, once with questions all along.
            ours.Add(options.Events / (await RebuildAsync(http)).TotalSeconds);
            ratios.Add(ours[^1] / floor[^1]);
            busy.Add(await AskingAsync(engine.Port, RebuildAsync(http)));
        }

        report.Add(new($"rebuild of list and attachments, {options.Events:N0} events {order}: beside reading and decoding", Rate(floor), Rate(ours), Interval.Of(ratios), Target.AtLeastTimes(0.6)));
        report.Add(new($"{order}: highest memory of the engine", null, $"{Cpu.HighestMemory(engine.ProcessId)} MB", Interval.Of([Cpu.HighestMemory(engine.ProcessId)]), Target.AtMost(1_000, "MB")));
        report.Add(new(
            $"{order}: page of the list, p99 idle and while rebuilding", Milliseconds(idle), Milliseconds(busy),
            Interval.Of([(double)busy.GetValueAtPercentile(99) / idle.GetValueAtPercentile(99)]), Target.AtMostTimes(2)));
        var median = Interval.Of(ours).Median;
        foreach (var best in (bool[])[false, true])
        {
            if (!options.Wants("marten") && options.Only is not null) continue;
            var peer = options.Events / (await MartenRebuild.RunAsync(database, best)).TotalSeconds;
            report.Add(new($"{order}: beside Marten's daemon, {(best ? "best" : "default")} settings", Rate([peer]), Rate(ours), Interval.Of(ours.Select(rate => rate / peer)), Target.AtLeastTimes(best ? 5 : 15)));
        }
    }

    /// <summary>From the order to the tables in their place; the proof that follows is not counted, but must find nothing.</summary>
    private static async Task<TimeSpan> RebuildAsync(HttpClient http)
    {
        var since = Stopwatch.GetTimestamp();
        using var begun = await http.PostAsJsonAsync("/api/v1/rebuilds", new { models = (string[])["process-list", "attachments"] });
        var body = await begun.Content.ReadAsStringAsync();
        if (!begun.IsSuccessStatusCode) throw new InvalidOperationException(body);
        var (id, took) = (JsonDocument.Parse(body).RootElement.GetProperty("jobId").GetString(), (TimeSpan?)null);
        while (true)
        {
            var job = await http.GetFromJsonAsync<JsonElement>($"/api/v1/rebuilds/{id}");
            if (took is null && job.GetProperty("phase").GetString() is "proving" or "done") took = Stopwatch.GetElapsedTime(since);
            if (job.GetProperty("status").GetString() is "completed") return job.GetProperty("differences").GetInt64() == 0 ? took!.Value : throw new InvalidOperationException(job.ToString());
            if (job.GetProperty("status").GetString() is not "running") throw new InvalidOperationException(job.ToString());
            // Asking without a pause would take the processor from what is measured.
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>Asks for pages of the list until something else is done.</summary>
    private static async Task<LongConcurrentHistogram> AskingAsync(int port, Task until)
    {
        var histogram = Run.NewHistogram();
        using var http = await HttpConnection.OpenAsync(port);
        while (!until.IsCompleted)
        {
            var since = Stopwatch.GetTimestamp();
            if (await http.GetAsync("/api/v1/processes?take=50", Account) is var status && status != 200) throw new InvalidOperationException($"The list was answered {status}.");
            histogram.RecordValue((long)Stopwatch.GetElapsedTime(since).TotalMicroseconds + 1);
            // Fifty a second: a person's browser, not a load that takes the processor away from the rebuild.
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        await until;
        return histogram;
    }

    /// <summary>Every event in order, as the record it is: what no rebuild can do without.</summary>
    private static async Task<TimeSpan> ReadAsync(BenchmarkDatabase database)
    {
        var types = EventTypes.All.ToDictionary(known => known.WireName, known => known.Type, StringComparer.Ordinal);
        var since = Stopwatch.GetTimestamp();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var read = new NpgsqlCommand("select type, data, timestamp, user_name, (headers ->> 'position')::bigint from events.mt_events order by seq_id", connection) { CommandTimeout = 0 };
        await using var rows = await read.ExecuteReaderAsync();
        var count = 0;
        while (await rows.ReadAsync())
        {
            if (JsonSerializer.Deserialize(rows.GetString(1), types[rows.GetString(0)], WireJson.Options) is DomainEvent && rows.GetInt64(4) > 0) count++;
        }

        return count > 0 ? Stopwatch.GetElapsedTime(since) : throw new InvalidOperationException("There are no events.");
    }

    private static string Rate(List<double> rates) => Report.Number(Interval.Of(rates).Median) + " events/s";

    private static string Milliseconds(HistogramBase histogram) => $"{Report.Number(histogram.GetValueAtPercentile(99) / 1000.0)} ms";
}
