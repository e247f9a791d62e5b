using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>An engine in a process of its own, as it runs in production, so that it can be killed.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _environment;
    private readonly List<string> _output = [];
    private OsProcess? _process;

    private EngineProcess(Dictionary<string, string?> environment, int port) => (_environment, Url) = (environment, $"http://127.0.0.1:{port}");

    public string Url { get; }

    /// <summary>The release that its next start is of; null for this one.</summary>
    public string? Release { get; set; }

    public int ProcessId => _process!.Id;

    public bool HasExited => _process!.HasExited;

    /// <summary>As much of a line as tells what it is about, behind its time.</summary>
    private const int Beginning = 200;

    /// <summary>Bytes of memory that are its own.</summary>
    public long Memory
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The last that it said. What it goes on saying stands there three times: it would push out what went before.</summary>
    public string LastWords => string.Join('\n', Said.Reverse().GroupBy(line => line.Length > Beginning ? line[30..Beginning] : line).SelectMany(same => same.Take(3)).Take(100).OrderBy(line => line, StringComparer.Ordinal));

    /// <summary>What it has logged since it was made.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_output) return [.. _output];
        }
    }

    public static async Task<EngineProcess> StartAsync(Server server, string? rabbitMq = null, params IReadOnlyList<string> accounts)
    {
        var engine = Prepare(server.ConnectionString, server.LedgerFolder, rabbitMq, accounts);
        await engine.StartAgainAsync();
        return engine;
    }

    /// <summary>One that is not started yet.</summary>
    public static EngineProcess Prepare(string postgres, string ledgerFolder, string? rabbitMq = null, params IReadOnlyList<string> accounts)
    {
        var environment = new Dictionary<string, string?>
        {
            ["ConnectionStrings__Postgres"] = postgres,
            ["PROCESSDEPLOYMENT_LEDGER"] = ledgerFolder,
            ["ConnectionStrings__RabbitMq"] = rabbitMq,
            ["PROCESSDEPLOYMENT_SAMPLE"] = "off",
        };
        for (var i = 0; i < accounts.Count; i++) environment[$"Accounts__{i}"] = accounts[i];
        return new(environment, FreePort());
    }

    /// <summary>From its next start on it has these settings, too.</summary>
    public void Set(params IEnumerable<(string Name, string? Value)> settings)
    {
        foreach (var (name, value) in settings) _environment[name] = value;
    }

    public async Task StartAgainAsync()
    {
        Start();
        await ReadyAsync();
    }

    public void Start()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Release ?? typeof(Program).Assembly.Location);
        start.Environment["ASPNETCORE_URLS"] = Url;
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        _process = OsProcess.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>SIGKILL: no line of its code runs any more.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: it may end what it has begun. Returns its exit code.</summary>
    public async Task<int> TerminateAsync(TimeSpan atMost)
    {
        await Signals.SendAsync("TERM", ProcessId);
        using var limit = new CancellationTokenSource(atMost);
        await _process!.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        _process?.Dispose();
    }

    /// <summary>Waits until it says that all its parts do their work.</summary>
    public async Task ReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = new(Url) };
        await Until.TrueAsync(
            async () =>
            {
                if (_process!.HasExited) throw new InvalidOperationException($"The engine ended with {_process.ExitCode}.\n{LastWords}");
                try
                {
                    return (await http.GetAsync("/health/ready")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            () => $"The engine is not ready.\n{LastWords}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.Add(line.Data ?? "");
    }
}
