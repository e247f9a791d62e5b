using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>Questions about any moment of an account with 10,000 Processes and 1,000,000 events, one after the other over a kept connection.</summary>
internal sealed class AsOfScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private const string Account = "bench-as-of";
    private const int Processes = 10_000;
    private const int Atoms = 20;
    private const long Events = 1_000_000;

    /// <summary>Revisions and deployments of the one Process with a long history.</summary>
    private const int Rounds = 5_000;

    private readonly Workload _workload = Workload.Create(Processes, Account);

    public async Task RunAsync()
    {
        await SeedAsync();
        await AskAllAsync();
        if (options.Wants("export")) await ExportOfEverything.MeasureAsync(database, report, Account, Events);
    }

    private async Task AskAllAsync()
    {
        await using var engine = await EngineProcess.StartAsync(database);
        await ReadModels.CaughtUpAsync(database, [Account]);
        await database.ExecuteAsync("vacuum analyze");
        var last = await database.ScalarAsync<long>("select position from process_deployment.read_position where account_id = $1", Account);
        var (first, until) = (await database.ScalarAsync<DateTime>(Time("min"), Account), await database.ScalarAsync<DateTime>(Time("max"), Account));
        var busiest = _workload.Items[0].ComponentId;

        using var http = await HttpConnection.OpenAsync(engine.Port);
        // From when there were all of them, and the Atoms.
        string At(Random random) => $"asOf={random.NextInt64(3 * Processes, last)}";
        string Then(Random random) => $"asOf={Uri.EscapeDataString((first + random.NextDouble() * (until - first)).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture))}";
        await AskAsync(http, "first page, now", _ => "/processes?take=50");
        await AskAsync(http, "first page, any position", random => $"/processes?take=50&{At(random)}");
        await AskAsync(http, "first page, any time", random => $"/processes?take=50&{Then(random)}");
        await WalkAsync(http, last);
        await AskAsync(http, "scrolled to any number, any position", random => $"/processes?take=50&skip={random.Next(Processes - 50)}&{At(random)}");
        await AskAsync(http, "revised, any position", random => $"/processes?take=50&revised={(random.Next(2) == 0 ? "true" : "false")}&{At(random)}");
        await AskAsync(http, "folder, any position", random => $"/processes?take=50&folder=Sales%2FRegion%20{random.Next(40)}&{At(random)}");
        await AskAsync(http, "free text, any position", random => $"/processes?take=50&text={random.Next(100):00}&{At(random)}");
        await AskAsync(http, "one Process of 10,000 events, now", _ => $"/processes/{busiest}");
        await AskAsync(http, "one Process of 10,000 events, any position", random => $"/processes/{busiest}?{At(random)}");
        await AskAsync(http, "one Process of 10,000 events, any version", random => $"/processes/{busiest}/versions/{random.Next(1, Rounds)}");
        await AskAsync(http, "what ran on an Atom with its revisions, any position", random => $"/atoms/{AtomId(random.Next(Atoms))}/deployments?take=50&manifest=true&{At(random)}");
    }

    private static string Time(string end) => $"select {end}(time) from process_deployment.audit_entry where account_id = $1";

    /// <summary>Every page of 50 by cursor, of another moment each time.</summary>
    private async Task WalkAsync(HttpConnection http, long last)
    {
        var (random, next) = (new Random(7), "");
        var start = "";
        await AskAsync(http, "any page by cursor, any position", _ =>
        {
            if (next.Length == 0) start = $"/processes?take=50&asOf={random.NextInt64(2 * Processes, last)}";
            return start + next;
        }, () =>
        {
            using var answer = JsonDocument.Parse(http.Body.ToArray());
            next = answer.RootElement.GetProperty("next").GetString() is { } cursor ? $"&cursor={Uri.EscapeDataString(cursor)}" : "";
        });
    }

    private async Task AskAsync(HttpConnection http, string what, Func<Random, string> path, Action? afterwards = null)
    {
        if (!options.Wants(what)) return;
        var (random, figures) = (new Random(42), new List<double>());
        for (var i = 0; i <= options.Repeats; i++)
        {
            var histogram = Run.NewHistogram();
            for (var asked = 0; asked < 200; asked++)
            {
                var (asking, since) = (path(random), Stopwatch.GetTimestamp());
                if (await http.GetAsync($"/api/v1{asking}", Account) is var status && status != 200) throw new InvalidOperationException($"{asking} was answered {status}.");
                histogram.RecordValue((long)Stopwatch.GetElapsedTime(since).TotalMicroseconds + 1);
                afterwards?.Invoke();
            }

            if (i > 0) figures.Add(histogram.GetValueAtPercentile(95) / 1000.0);
        }

        var interval = Interval.Of(figures);
        report.Add(new($"10,000 Processes, 1,000,000 events, {what}: p95", null, Report.Number(interval.Median) + " ms", interval, Target.AtMost(50, "ms")));
    }

    /// <summary>Saves, deployments and moves at random, until there are enough events; at their middle the long history of one Process.</summary>
    private async Task SeedAsync()
    {
        await using var app = await Seeded.PipelineAsync(database, [Account]);
        var pipeline = app.Services.GetRequiredService<ICommandPipeline>();
        if (await PositionAsync() >= Events) return;

        await Seeding.SeedAsync(pipeline, _workload);
        for (var i = 0; i < Atoms; i++) await Seeding.DoAsync(pipeline, new RegisterAtom { AccountId = Account, Actor = "kim@example.com", AtomId = AtomId(i), Name = $"Atom {i}" });
        await Task.WhenAll(_workload.Items.Select((process, i) => AttachAsync(pipeline, process.ComponentId, AtomId(i % Atoms))));
        var (random, busy) = (new Random(42), false);
        while (await PositionAsync() is var position && position < Events)
        {
            if (!busy && position > Events / 2)
            {
                busy = true;
                await WorkOnAsync(pipeline, _workload.Items[0]);
            }

            Revision[] some = [.. random.GetItems([.. _workload.Items], 4_000)];
            await Seeding.SendAsync(pipeline, some);
            await Seeding.SendAsync(pipeline, random.GetItems([.. _workload.SharedComponents], 1));
            await Seeding.DeployAsync(pipeline, Account, [.. some.Take(2_000).Select(process => process.ComponentId).Distinct()]);
            await Task.WhenAll(some.TakeLast(100).DistinctBy(process => process.ComponentId).Select(process => MoveAsync(pipeline, process.ComponentId, random)));
        }
    }

    private static async Task WorkOnAsync(ICommandPipeline pipeline, Revision process)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await Seeding.SubmitAsync(pipeline, process);
            await Seeding.DeployAsync(pipeline, Account, [process.ComponentId]);
        }
    }

    private static Task AttachAsync(ICommandPipeline pipeline, Guid processId, Guid atomId) =>
        Seeding.DoAsync(pipeline, new AttachAtoms { AccountId = Account, Actor = "kim@example.com", ProcessId = processId, AtomIds = [atomId] });

    private static Task MoveAsync(ICommandPipeline pipeline, Guid processId, Random random) =>
        Task.WhenAll(
            Seeding.DoAsync(pipeline, new DetachAtoms { AccountId = Account, Actor = "kim@example.com", ProcessId = processId, AtomIds = [AtomId(random.Next(Atoms))] }),
            AttachAsync(pipeline, processId, AtomId(random.Next(Atoms))));

    private static Guid AtomId(int number) => new(number + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private Task<long> PositionAsync() => database.ScalarAsync<long>("select position from process_deployment.account where account_id = $1", Account);
}
