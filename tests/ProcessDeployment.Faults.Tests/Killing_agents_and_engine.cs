using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Two agents and the engine die at any moment, while versions are deployed and runs are asked for by hand and by schedule.</summary>
public sealed class Killing_agents_and_engine : IAsyncLifetime
{
    private static readonly int KillsInARound = Rounds.AreLong ? 4 : 2;
    private static readonly Schedule EveryMinute = new() { Minutes = "*", Hours = "*" };

    private readonly OutsideLedger _ledger = new();
    private readonly Guid[] _processes = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
    private readonly List<AtomProcess> _agents = [];
    private Server? _server;
    private EngineProcess? _engine;
    private HttpSender? _http;
    private NpgsqlDataSource? _database;
    private Runs? _runs;

    public async ValueTask InitializeAsync()
    {
        _server = await Server.StartAsync();
        _engine = await EngineProcess.StartAsync(_server);
        _http = new(_engine.Url);
        _database = NpgsqlDataSource.Create(_server.ConnectionString);
        _runs = new(_database, Under_faults.HttpAccount, _agents);
        await PrepareAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"What the agent of {agent.AtomId} said last:\n{agent.LastWords}");
            await agent.DisposeAsync();
        }

        if (_engine is not null)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"What the engine said last:\n{_engine.LastWords}");
            await _engine.DisposeAsync();
        }

        if (_http is not null) await _http.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task runs_nothing_twice_loses_nothing_and_keeps_every_bundle_whole()
    {
        using var report = new RowReport("H1", "kill -9 of agents and engine");
        report.Begins(_ledger);
        foreach (var random in Rounds.Run("kill -9 of agents and engine"))
        {
            using var stop = new CancellationTokenSource();
            Task[] work = [WorkAsync(new(random.Next()), TimeSpan.FromMilliseconds(400), Deploy, stop.Token), WorkAsync(new(random.Next()), TimeSpan.FromMilliseconds(150), Execute, stop.Token)];
            for (var kill = 0; kill < KillsInARound; kill++)
            {
                await EndedAsync(random.Next(1, Rounds.AreLong ? 12 : 6));
                report.Recovered(await KillAsync(random.Next(4)));
            }

            await EndedAsync(3);
            await stop.CancelAsync();
            await Task.WhenAll(work);
            await OverAsync();
            await _runs!.AreAsTheEventsSayAsync();
            foreach (var account in _ledger.Accounts)
            {
                await History.ReadOnAsync(_database!, account.Id, account.History);
                report.Count(account);
            }

            report.RoundEnded();
        }
    }

    /// <summary>The last may not run twice at a time.</summary>
    private async Task PrepareAsync()
    {
        Guid[] atoms = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        foreach (var atomId in atoms) await SendAsync(new RegisterAtom { AtomId = atomId, Name = $"Atom {atomId}" });
        foreach (var processId in _processes)
        {
            await SendAsync(new SaveComponentV2 { ComponentId = processId, ComponentType = ComponentTypes.Process, Name = "Orders", Content = "first", AllowSimultaneousRuns = processId == _processes[^1] ? false : null });
            await SendAsync(new AttachAtoms { ProcessId = processId, AtomIds = atoms });
            await SendAsync(new DeployProcess { ProcessId = processId });
            foreach (var atomId in atoms) await SendAsync(new SetSchedules { ProcessId = processId, AtomId = atomId, Schedules = [EveryMinute] });
        }

        using var http = new HttpClient { BaseAddress = new(_engine!.Url) };
        foreach (var atomId in atoms)
        {
            using var issued = await http.PostAsJsonAsync($"/api/v1/atoms/{atomId}/tokens", new { });
            _agents.Add(new(atomId, (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!, _engine.Url));
        }

        await OverAsync();
    }

    /// <summary>Gives how long it takes until a run ends again.</summary>
    private async Task<TimeSpan> KillAsync(int whom)
    {
        var agents = whom == 3 ? _agents : [.. _agents.Take(whom).TakeLast(1)];
        foreach (var agent in agents) await agent.KillAsync();
        if (whom is 0 or 3) await _engine!.KillAsync();
        var since = Stopwatch.GetTimestamp();
        foreach (var agent in agents) agent.Start();
        if (whom is 0 or 3) await _engine!.StartAgainAsync();
        await EndedAsync(1);
        return Stopwatch.GetElapsedTime(since);
    }

    private Command[] Deploy(Random random)
    {
        var processId = _processes[random.Next(_processes.Length)];
        return
        [
            new SaveComponentV2
            {
                ComponentId = processId,
                ComponentType = ComponentTypes.Process,
                Name = "Orders",
                Content = string.Concat(Enumerable.Range(0, random.Next(1, 40_000)).Select(line => $"{line} {processId}\n")),
                AllowSimultaneousRuns = processId == _processes[^1] ? false : null,
            },
            new DeployProcess { ProcessId = processId },
        ];
    }

    private Command[] Execute(Random random) => [new ExecuteProcess { ProcessId = _processes[random.Next(_processes.Length)], AtomId = _agents[random.Next(_agents.Count)].AtomId }];

    private async Task WorkAsync(Random random, TimeSpan pace, Func<Random, Command[]> next, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(pace);
        while (!stop.IsCancellationRequested)
        {
            foreach (var command in next(random)) await SendAsync(command);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task SendAsync(Command command)
    {
        var entry = _ledger.Intend(Under_faults.HttpAccount, command);
        await Load.DeliverAsync(entry, _http!, TestContext.Current.CancellationToken);
        entry.Answer!.Refusal.ShouldBeNull();
    }

    private async Task EndedAsync(int more)
    {
        var wanted = await _runs!.EndedAsync() + more;
        await Until.TrueAsync(async () => await _runs.EndedAsync() >= wanted, () => $"{wanted} executions never end.\n{string.Join('\n', _agents.Select(agent => agent.LastWords))}");
    }

    private async Task OverAsync()
    {
        var open = "";
        try
        {
            await Until.TrueAsync(_runs!.AreOverAsync, () => "Not all is over.");
        }
        catch (TimeoutException)
        {
            open = await _runs!.DifferenceAsync();
        }

        open.ShouldBeEmpty();
    }
}
