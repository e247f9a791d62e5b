using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>Every change of an account with its proof, from the order to the finished bundle.</summary>
internal static class ExportOfEverything
{
    private const string Path = "/api/v1/audit/export";

    public static async Task MeasureAsync(BenchmarkDatabase database, Report report, string account, long events)
    {
        // An engine of its own: its memory is that of the export and of nothing before it.
        await using var engine = await EngineProcess.StartAsync(database);
        await SealingScenario.SealedAsync(database);
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{engine.Port}"), Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Add(BenchmarkedEngine.AccountHeader, account);
        var since = Stopwatch.GetTimestamp();
        using var begun = await http.PostAsync(Path, content: null);
        var job = JsonDocument.Parse(await begun.Content.ReadAsStringAsync()).RootElement;
        if (!begun.IsSuccessStatusCode) throw new InvalidOperationException(job.ToString());
        var id = job.GetProperty("exportId").GetString();
        while (job.GetProperty("state").GetString() is var state && state != "done")
        {
            if (state != "running") throw new InvalidOperationException(job.ToString());
            // Asking without a pause would take the processor from what is measured.
            await Task.Delay(TimeSpan.FromMilliseconds(100));
            job = JsonDocument.Parse(await http.GetStringAsync($"{Path}/{id}")).RootElement;
        }

        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var memory = Cpu.HighestMemory(engine.ProcessId);
        using var bundle = await http.GetAsync($"{Path}/{id}/bundle", HttpCompletionOption.ResponseHeadersRead);
        var size = bundle.Content.Headers.ContentLength / 1e6;
        report.Add(new(string.Create(CultureInfo.InvariantCulture, $"export of {events:N0} events with their proof ({size:0} MB)"), null, $"{seconds:0.0} s", Interval.Of([seconds]), Target.AtMost(60, "s")));
        report.Add(new("… highest memory of the engine", null, $"{memory:0} MB", Interval.Of([memory]), Target.AtMost(300, "MB")));
    }
}
