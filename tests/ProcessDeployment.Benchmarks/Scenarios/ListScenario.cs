using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>The list of 100,000 Processes, one question after the other over a kept connection.</summary>
internal sealed class ListScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private const string Account = "bench-list";
    private const int Processes = 100_000;

    public async Task RunAsync()
    {
        await SeedAsync();
        await using var engine = await EngineProcess.StartAsync(database);
        await ReadModels.CaughtUpAsync(database, [Account]);
        await database.ExecuteAsync("vacuum analyze");
        if (await database.ScalarAsync<long>("select count(*) from process_deployment.process_list where account_id = $1", Account) is var listed && listed != Processes)
            throw new InvalidOperationException($"{listed} of {Processes} Processes are listed.");

        using var http = await HttpConnection.OpenAsync(engine.Port);
        foreach (var (what, path) in Questions().Where(question => options.Wants(question.What))) await AskAsync(http, what, 95, 20, _ => path);
        if (options.Wants("cursor")) await AskByCursorAsync(http);
        if (options.Wants("text")) await AskAsync(http, "free text", 99, 50, random => $"/api/v1/processes?text={Uri.EscapeDataString(Text(random))}&take=50");
    }

    private static IEnumerable<(string What, string Path)> Questions() =>
    [
        ("first page", "/api/v1/processes?take=50"),
        ("revised", "/api/v1/processes?revised=true&take=50"),
        ("not revised", "/api/v1/processes?revised=false&take=50"),
        ("folder", "/api/v1/processes?folder=Sales%2FRegion%2017&take=50"),
        ("folder and revised", "/api/v1/processes?folder=Sales%2FRegion%2017&revised=true&take=50"),
        ("scrolled to the middle", "/api/v1/processes?skip=50000&take=50"),
        ("scrolled to the end", "/api/v1/processes?skip=99900&take=50"),
    ];

    /// <summary>Parts of names: from what nearly all have to what one or none has.</summary>
    private static string Text(Random random) => random.Next(4) switch
    {
        0 => "orders",
        1 => $"{random.Next(100):00}",
        2 => $"orders {random.Next(Processes):00000}",
        _ => $"nobody {random.Next(1000)}",
    };

    private async Task AskAsync(HttpConnection http, string what, int percentile, double target, Func<Random, string> path)
    {
        var random = new Random(42);
        await MeasureAsync(what, percentile, target, async () =>
        {
            if (await http.GetAsync(path(random), Account) is var status && status != 200) throw new InvalidOperationException($"{path(random)} was answered {status}.");
        });
    }

    private async Task AskByCursorAsync(HttpConnection http)
    {
        var next = "";
        await MeasureAsync("next page by cursor", 95, 20, async () =>
        {
            if (await http.GetAsync($"/api/v1/processes?take=50{next}", Account) is var status && status != 200) throw new InvalidOperationException($"A cursor was answered {status}.");
            using var answer = JsonDocument.Parse(http.Body.ToArray());
            next = answer.RootElement.TryGetProperty("next", out var cursor) && cursor.GetString() is { } value ? $"&cursor={Uri.EscapeDataString(value)}" : "";
        });
    }

    private async Task MeasureAsync(string what, int percentile, double target, Func<Task> ask)
    {
        var figures = new List<double>();
        for (var i = 0; i <= options.Repeats; i++)
        {
            var histogram = Run.NewHistogram();
            for (var asked = 0; asked < 300; asked++)
            {
                var since = Stopwatch.GetTimestamp();
                await ask();
                histogram.RecordValue((long)Stopwatch.GetElapsedTime(since).TotalMicroseconds + 1);
            }

            if (i > 0) figures.Add(histogram.GetValueAtPercentile(percentile) / 1000.0);
        }

        var interval = Interval.Of(figures);
        report.Add(new($"list of 100,000 Processes, {what}: p{percentile}", null, Report.Number(interval.Median) + " ms", interval, Target.AtMost(target, "ms")));
    }

    private async Task SeedAsync()
    {
        await using var app = await Seeded.PipelineAsync(database, [Account]);
        if (await database.ScalarAsync<long>("select position from process_deployment.account where account_id = $1", Account) > 0) return;
        var workload = Workload.Create(Processes, Account);
        await Seeding.SeedAsync(app.Services.GetRequiredService<ICommandPipeline>(), workload);
        await Seeding.DeployAsync(app.Services.GetRequiredService<ICommandPipeline>(), Account, [.. workload.Items.Where((_, i) => i % 10 != 0).Select(item => item.ComponentId)]);
    }
}
