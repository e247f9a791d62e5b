using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Benchmarks.Engine;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>500 Atoms, each with its token and a connection that listens: how soon a deploy is with all of them, and what they cost.</summary>
internal sealed class AtomsScenario(BenchmarkOptions options, BenchmarkDatabase database, Report report)
{
    private const string Account = "bench-atoms";
    private const int Atoms = 500;
    private const int ContentBytes = 200_000;

    private static readonly Guid Process = new(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 9]);

    private readonly List<AtomToken> _tokens = [];

    public async Task RunAsync()
    {
        await SeedAsync();
        await using var engine = await EngineProcess.StartAsync(database);
        await ReadModels.CaughtUpAsync(database, [Account]);
        var before = Cpu.ProportionalMemory(engine.ProcessId) ?? 0;
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { BaseAddress = new($"http://127.0.0.1:{engine.Port}/api/v1/"), Timeout = Timeout.InfiniteTimeSpan };
        List<SimulatedAtom> atoms = [.. _tokens.Select(token => new SimulatedAtom(http, token, Process))];
        await Task.WhenAll(atoms.Select(atom => atom.ListenAsync()));

        var (told, desired, downloaded) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= options.Repeats; round++)
        {
            await SendAsync(http, new SaveComponent { ComponentId = Process, ComponentType = "process", Name = "Orders", Content = string.Create(CultureInfo.InvariantCulture, $"{round} {new string('x', ContentBytes)}") });
            // From before the commit: the figures are rather too long than too short.
            var since = Stopwatch.GetTimestamp();
            var waiting = atoms.ConvertAll(atom => atom.FollowAsync(since));
            await SendAsync(http, new DeployProcess { ProcessId = Process });
            var times = await Task.WhenAll(waiting);
            if (round == 0) continue;
            told.Add(times.Max(time => time.Told.TotalSeconds));
            desired.Add(times.Max(time => time.Desired.TotalSeconds));
            downloaded.Add(times.Max(time => time.Downloaded.TotalSeconds));
        }

        Add($"{Atoms} Atoms listening: from a deploy until the last is told", told, null);
        Add($"{Atoms} Atoms listening: until the last knows what it ought to run", desired, Target.AtMost(2, "s"));
        Add($"{Atoms} Atoms listening: until the last has the bundle of {ContentBytes / 1000} kB", downloaded, null);
        var after = Cpu.ProportionalMemory(engine.ProcessId) ?? 0;
        report.Add(new($"{Atoms} Atoms listening: memory of the engine afterwards (before: {Report.Number(before)} MB; the most it ever had: {Report.Number(Cpu.HighestMemory(engine.ProcessId))} MB)", null, Report.Number(after) + " MB", new(after, after, after), Target.AtMost(500, "MB")));
    }

    private void Add(string what, List<double> seconds, Target? target)
    {
        var interval = Interval.Of(seconds);
        report.Add(new(what, null, Report.Number(interval.Median) + " s", interval, target));
    }

    private static async Task SendAsync(HttpClient http, Command command)
    {
        using var content = new ByteArrayContent(CommandWriter.ToCloudEvent(Guid.CreateVersion7(), "//benchmark", command with { AccountId = Account, Actor = "kim@example.com" })) { Headers = { ContentType = new("application/cloudevents+json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("commands", UriKind.Relative)) { Content = content, Headers = { { BenchmarkedEngine.AccountHeader, Account } } };
        using var answer = await http.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    private async Task SeedAsync()
    {
        await using var app = await Seeded.PipelineAsync(database, [Account]);
        var pipeline = app.Services.GetRequiredService<ICommandPipeline>();
        for (var i = 0; i < Atoms; i++) _tokens.Add(AtomToken.New(Account, Guid.CreateVersion7()));
        await Seeding.DoAsync(pipeline, Sent(new SaveComponent { ComponentId = Process, ComponentType = "process", Name = "Orders" }));
        await Task.WhenAll(_tokens.Select(token => Seeding.DoAsync(pipeline, Sent(new RegisterAtom { AtomId = token.AtomId, Name = $"Atom {token.AtomId}" }))));
        await Task.WhenAll(_tokens.Select(token => Seeding.DoAsync(pipeline, Sent(new IssueAtomToken { AtomId = token.AtomId, TokenId = token.TokenId, SecretHash = token.Hash }))));
        foreach (var part in _tokens.Chunk(Contracts.Limits.Ids)) await Seeding.DoAsync(pipeline, Sent(new AttachAtoms { ProcessId = Process, AtomIds = [.. part.Select(token => token.AtomId)] }));
    }

    private static Command Sent(Command command) => command with { AccountId = Account, Actor = "kim@example.com" };
}

/// <summary>An Atom that does what the agent does, but for keeping anything.</summary>
internal sealed class SimulatedAtom(HttpClient http, AtomToken token, Guid processId)
{
    private StreamReader? _changes;
    private int _runs;

    public async Task ListenAsync()
    {
        var answer = await GetAsync($"atoms/{token.AtomId}/changes");
        _changes = new(await answer.Content.ReadAsStreamAsync());
        await PositionAsync();
    }

    /// <summary>Waits for the next version: when it was told, knew which it is, and had it.</summary>
    public async Task<(TimeSpan Told, TimeSpan Desired, TimeSpan Downloaded)> FollowAsync(long since)
    {
        while (true)
        {
            var position = await PositionAsync();
            var told = Stopwatch.GetElapsedTime(since);
            using var answer = await GetAsync($"atoms/{token.AtomId}/desired?atLeast={position}");
            using var desired = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
            var process = desired.RootElement.GetProperty("items").EnumerateArray().FirstOrDefault(item => item.GetProperty("processId").GetGuid() == processId);
            if (process.ValueKind == JsonValueKind.Undefined || process.GetProperty("versionNumber").GetInt32() is var version && version == _runs) continue;
            (_runs, var known) = (version, Stopwatch.GetElapsedTime(since));
            using var bundle = await GetAsync($"bundles/{process.GetProperty("digest").GetString()}");
            await bundle.Content.CopyToAsync(Stream.Null);
            return (told, known, Stopwatch.GetElapsedTime(since));
        }
    }

    private async Task<long> PositionAsync()
    {
        while (await _changes!.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) return long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
        }

        throw new InvalidOperationException("The stream ended.");
    }

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { Authorization = new("Bearer", token.Text) } };
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.EnsureSuccessStatusCode();
    }
}
