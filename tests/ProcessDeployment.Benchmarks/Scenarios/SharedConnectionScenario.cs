using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>A connection that 10,000 deployed Processes use is revised: as fast as one that none uses, and all are bold soon after.</summary>
internal sealed class SharedConnectionScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private const string Account = "bench-shared";
    private const int Processes = 10_000;

    private readonly Revision _shared = Connection(1);
    private readonly Revision _unused = Connection(2);
    private readonly Guid[] _processes = [.. Enumerable.Range(0, Processes).Select(i => Id(100 + i))];

    public async Task RunAsync()
    {
        await SeedAsync();
        await using var engine = await EngineProcess.StartAsync(database);
        await ReadModels.CaughtUpAsync(database, [Account]);
        using var http = await HttpConnection.OpenAsync(engine.Port);

        var bold = new List<double>();
        for (var i = 0; i <= options.Repeats; i++)
        {
            await DeployAllAsync();
            await ReadModels.CaughtUpAsync(database, [Account]);
            if (await BoldAsync() is var before && before != 0) throw new InvalidOperationException($"{before} Processes are bold after their deploy.");
            var since = Stopwatch.GetTimestamp();
            await http.ReviseAsync(_shared);
            await ReadModels.CaughtUpAsync(database, [Account]);
            bold.Add(Stopwatch.GetElapsedTime(since).TotalSeconds);
            if (await BoldAsync() is var after && after != Processes) throw new InvalidOperationException($"{after} of {Processes} Processes are bold.");
            Console.Error.WriteLine($"  {Processes:#,##0} bold after {bold[i]:0.00} s");
        }

        var pairs = await Pairs.RunAsync(options.Pairs, () => ReviseAsync(http, engine, _unused), () => ReviseAsync(http, engine, _shared));
        report.Add(pairs.Latency("revise a connection used by 10,000 Processes, against one used by none: p50", 50, Target.AtMostTimes(1.5)));
        var interval = Interval.Of(bold.Skip(1));
        report.Add(new("all 10,000 bold after that", null, Report.Number(interval.Median) + " s", interval, Target.AtMost(2, "s")));
    }

    private async Task<Run> ReviseAsync(HttpConnection http, EngineProcess engine, Revision connection)
    {
        // Few, and apart: the projections of one must not slow the writing of the next.
        var histogram = Run.NewHistogram();
        var (start, cpu) = (Stopwatch.GetTimestamp(), engine.CpuWith(database));
        for (var i = 0; i < 5; i++)
        {
            var since = Stopwatch.GetTimestamp();
            await http.ReviseAsync(connection);
            histogram.RecordValue((long)Stopwatch.GetElapsedTime(since).TotalMicroseconds + 1);
            await ReadModels.CaughtUpAsync(database, [Account]);
        }

        return new(histogram.TotalCount, Stopwatch.GetElapsedTime(start), histogram, engine.CpuWith(database) - cpu);
    }

    private Task<long> BoldAsync() => database.ScalarAsync<long>("select count(*) from process_deployment.process_list where account_id = $1 and revised", Account);

    private async Task SeedAsync()
    {
        await using var app = await Seeded.PipelineAsync(database, [Account]);
        var pipeline = app.Services.GetRequiredService<ICommandPipeline>();
        await Seeding.SendAsync(pipeline, [_shared, _unused, .. _processes.Select(Process)]);
        await database.ExecuteAsync("vacuum analyze");
    }

    private async Task DeployAllAsync()
    {
        await using var app = await Seeded.PipelineAsync(database, [Account]);
        await Seeding.DeployAsync(app.Services.GetRequiredService<ICommandPipeline>(), Account, _processes);
    }

    private Revision Process(Guid id) => Revision.Of(new SaveComponent
    {
        AccountId = Account,
        Actor = "kim@example.com",
        ComponentId = id,
        ComponentType = ComponentTypes.Process,
        Name = $"Process {id}",
        References = [new(_shared.ComponentId, ReferenceKind.Dependent)],
    });

    private static Revision Connection(int number) => Revision.Of(new SaveComponent
    {
        AccountId = Account,
        Actor = "kim@example.com",
        ComponentId = Id(number),
        ComponentType = "connector-settings",
        Name = $"Database {number}",
        Connector = new("database", ConnectorClass.Standard),
    });

    private static Guid Id(int number) => new(number, 0x5eed, 0, [1, 2, 3, 4, 5, 6, 7, 8]);
}
