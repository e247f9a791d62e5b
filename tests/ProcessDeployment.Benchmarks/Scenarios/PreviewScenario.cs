using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Preview;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>What a command would do, names and parents included, beside what the pipeline reads to judge the same command, in this process.</summary>
internal sealed class PreviewScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private const string Account = Seeded.OneAccount;
    private const int Atoms = 5;

    /// <summary>The pipeline remembers who may do what, and so do previews.</summary>
    private static readonly AccessPictures Pictures = new();

    private readonly Guid[] _atoms = [.. Enumerable.Range(0, Atoms).Select(_ => Guid.CreateVersion7())];

    public async Task RunAsync()
    {
        var seeded = await Seeded.PrepareAsync(database);
        await using var app = await Seeded.PipelineAsync(database, seeded.Accounts);
        Guid[] processes = [.. seeded.One.Items.Take(1_000).Select(item => item.ComponentId)];
        await PrepareAsync(app.Services.GetRequiredService<ICommandPipeline>(), processes);
        await using (await EngineProcess.StartAsync(database)) await ReadModels.CaughtUpAsync(database, [Account]);
        await database.ExecuteAsync("vacuum analyze");

        foreach (var (what, command) in Commands().Where(one => options.Wants(one.What)))
        {
            var pairs = await Pairs.RunAsync(
                options.Pairs,
                () => MeasureAsync(processes, command, incoming => ReadAsync(app.Services.GetRequiredService<Databases>(), incoming)),
                () => MeasureAsync(processes, command, incoming => PreviewAsync(app.Services, incoming)));
            report.Add(pairs.Latency($"preview of {what} beside reading for it, p50", 50, Target.AtMostTimes(1.5)));
        }
    }

    private IEnumerable<(string What, Func<Guid, Command> Command)> Commands() =>
    [
        ("deploy-process", id => new DeployProcess { ProcessId = id }),
        ("redeploy-version", id => new RedeployVersion { ProcessId = id, TargetVersion = 1 }),
        ("attach-atoms", id => new AttachAtoms { ProcessId = id, AtomIds = _atoms }),
        ("detach-atoms", id => new DetachAtoms { ProcessId = id, AtomIds = [_atoms[0]] }),
        ("delete-component", id => new DeleteComponent { ComponentId = id }),
    ];

    /// <summary>As the pipeline does before it writes.</summary>
    private static async Task ReadAsync(Databases databases, IncomingCommand command)
    {
        await using var connection = await databases.Pipeline.OpenConnectionAsync();
        var work = new AccountWork(command.AccountId, [command]);
        var reading = new AccountReading(connection, [work], Pictures);
        await reading.OpenAsync("begin", "for update", CancellationToken.None);
        await reading.LearnAllAsync(CancellationToken.None);
        await reading.JudgeAsync(work, CancellationToken.None);
        await using var rollback = connection.CreateCommand();
        rollback.CommandText = "rollback";
        await rollback.ExecuteNonQueryAsync();
    }

    private static async Task PreviewAsync(IServiceProvider services, IncomingCommand command)
    {
        var foreseen = await services.GetRequiredService<Foresight>().OfAsync(command.AccountId, [command], CancellationToken.None);
        if (await services.GetRequiredService<Surroundings>().AddAsync(command.AccountId, foreseen[0], CancellationToken.None) is null) throw new InvalidOperationException("The read models are behind.");
    }

    private async Task<Run> MeasureAsync(IReadOnlyList<Guid> processes, Func<Guid, Command> command, Func<IncomingCommand, Task> look)
    {
        var (latency, since, count) = (Run.NewHistogram(), Stopwatch.GetTimestamp(), 0);
        while (Stopwatch.GetElapsedTime(since) < options.Duration)
        {
            var incoming = Incoming(command(processes[count++ % processes.Count]));
            var started = Stopwatch.GetTimestamp();
            await look(incoming);
            latency.RecordValue((long)Stopwatch.GetElapsedTime(started).TotalMicroseconds + 1);
        }

        return new(count, Stopwatch.GetElapsedTime(since), latency, null);
    }

    private async Task PrepareAsync(ICommandPipeline pipeline, IReadOnlyList<Guid> processes)
    {
        foreach (var atomId in _atoms) await Seeding.DoAsync(pipeline, Sent(new RegisterAtom { AtomId = atomId, Name = $"Atom {atomId}" }));
        foreach (var processId in processes) await Seeding.DoAsync(pipeline, Sent(new AttachAtoms { ProcessId = processId, AtomIds = _atoms[..^1] }));
        await Seeding.DeployAsync(pipeline, Account, processes);
    }

    private static IncomingCommand Incoming(Command command) =>
        new(CommandParser.Parse(CommandWriter.ToCloudEvent(Guid.CreateVersion7(), "//benchmark", Sent(command)), CommandDefaults.None).Envelope!, Channels.Http);

    private static Command Sent(Command command) => command with { AccountId = Account, Actor = "kim@example.com" };
}
