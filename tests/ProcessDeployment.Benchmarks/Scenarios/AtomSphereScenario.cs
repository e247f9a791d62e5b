using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>The platform API: queries over 100,000 objects, and what a command costs that comes by it beside the same command by the engine's own API.</summary>
internal sealed class AtomSphereScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private const string Account = "bench-list";
    private const int Processes = 100_000;
    private const int PerSecond = 200;
    private const int Connections = 8;
    private const string Root = $"/api/rest/v1/{Account}";

    public async Task RunAsync()
    {
        var workload = Workload.Create(Processes, Account);
        await SeedAsync(workload);
        await using var engine = await EngineProcess.StartAsync(database, rabbitMq: null, asShipped: true, "/health/ready", ("PROCESSDEPLOYMENT_ACCOUNT", Account));
        await ReadModels.CaughtUpAsync(database, [Account]);
        await database.ExecuteAsync("vacuum analyze");
        using var load = await HttpLoad.OpenAsync(engine.Port, Connections);
        foreach (var (what, about, filter) in Queries().Where(query => options.Wants(query.What))) await AskAsync(load.Connections[0], what, about, filter);
        if (options.Wants("command")) await CommandsAsync(engine, load, [.. workload.Items.Select(item => item.ComponentId).Take(2_000)]);
    }

    private static IEnumerable<(string What, string About, string Filter)> Queries() =>
    [
        ("100 Processes of 100,000", "Process", ""),
        ("100 Processes by a part of the name", "Process", Condition("LIKE", "name", "%orders 0%")),
        ("one Process by its name", "Process", Condition("EQUALS", "name", "Synchronise orders 04711")),
        ("100 component revisions of 100,000", "ComponentMetadata", ""),
        ("100 current components of a type", "ComponentMetadata", $$"""{"operator":"and","nestedExpression":[{{Condition("EQUALS", "type", "process")}},{{Condition("EQUALS", "currentVersion", "true")}}]}"""),
        ("100 entries of the audit log of 100,000", "AuditLog", ""),
        ("100 entries of the audit log of a type", "AuditLog", Condition("EQUALS", "type", "as.component")),
    ];

    private static string Condition(string verb, string property, string argument) => $$"""{"operator":"{{verb}}","property":"{{property}}","argument":["{{argument}}"]}""";

    /// <summary>The first page, then on by its token, over and over.</summary>
    private async Task AskAsync(HttpConnection http, string what, string about, string filter)
    {
        var body = filter.Length == 0 ? """{"QueryFilter":{}}""" : $$$"""{"QueryFilter":{"expression":{{{filter}}}}}""";
        var (figures, token) = (new List<double>(), (string?)null);
        for (var repeat = 0; repeat <= options.Repeats; repeat++)
        {
            var histogram = Run.NewHistogram();
            for (var asked = 0; asked < 200; asked++)
            {
                var since = Stopwatch.GetTimestamp();
                var status = token is null ? await http.PostAsync($"{Root}/{about}/query", "application/json", body) : await http.PostAsync($"{Root}/{about}/queryMore", "text/plain", token);
                histogram.RecordValue((long)Stopwatch.GetElapsedTime(since).TotalMicroseconds + 1);
                if (status != 200) throw new InvalidOperationException($"{what} was answered {status}.");
                using var answer = JsonDocument.Parse(http.Body.ToArray());
                token = answer.RootElement.TryGetProperty("queryToken", out var next) && asked % 20 != 19 ? next.GetString() : null;
            }

            // The first time plans and pages are cold.
            if (repeat > 0) figures.Add(histogram.GetValueAtPercentile(95) / 1000.0);
        }

        var seen = Interval.Of(figures);
        report.Add(new($"platform API: {what}, p95", null, Report.Number(seen.Median) + " ms", seen, Target.AtMost(50, "ms")));
    }

    private async Task CommandsAsync(EngineProcess engine, HttpLoad load, Guid[] processes)
    {
        var next = 0;
        var pairs = await Pairs.RunAsync(options.Pairs, () => OfferAsync(connection => DeployAsync(connection, Own(Next()), "/api/v1/commands", "application/cloudevents+json")), () => OfferAsync(connection => DeployAsync(connection, $$"""{"processId":"{{Next()}}"}""", $"{Root}/Deployment", "application/json")));
        var (floor, ours) = (Interval.Of(pairs.Floor.Select(Cost)), Interval.Of(pairs.Ours.Select(Cost)));
        report.Add(new(
            $"{PerSecond} deployments a second by the platform API: CPU of a command, beside the same by our own", $"{floor.Median:0.000} ms", $"{ours.Median:0.000} ms",
            Interval.Of(pairs.Floor.Zip(pairs.Ours, (a, b) => Cost(b) / Cost(a))), Target.AtMostTimes(1.2), floor.Median, ours.Median));

        Guid Next() => processes[(Interlocked.Increment(ref next) & int.MaxValue) % processes.Length];

        async Task<Run> OfferAsync(Func<HttpConnection, Task> send)
        {
            var before = engine.CpuWith(database);
            var run = await OpenLoop.RunAsync(PerSecond, options.Duration, load.Connections.Count, static () => null, worker => send(load.Connections[worker]));
            await ReadModels.CaughtUpAsync(database, [Account]);
            await SealingScenario.SealedAsync(database);
            return run with { Cpu = engine.CpuWith(database) - before };
        }
    }

    private static string Own(Guid processId) => System.Text.Encoding.UTF8.GetString(CommandWriter.ToCloudEvent(Guid.CreateVersion7(), "//benchmark", new DeployProcess { ProcessId = processId }));

    private static async Task DeployAsync(HttpConnection connection, string body, string path, string type)
    {
        if (await connection.PostAsync(path, type, body) is var status && status != 200) throw new InvalidOperationException($"A deployment was answered {status}: {System.Text.Encoding.UTF8.GetString(connection.Body)}");
    }

    private async Task SeedAsync(Workload workload)
    {
        await using var app = await Seeded.PipelineAsync(database, [Account]);
        if (await database.ScalarAsync<long>("select count(*) from process_deployment.account where account_id = $1 and position > 0", Account) == 0)
            await Seeding.SeedAsync(app.Services.GetRequiredService<ICommandPipeline>(), workload);
    }

    private static double Cost(Run run) => run.CpuPerCommand!.Value.Total;
}
