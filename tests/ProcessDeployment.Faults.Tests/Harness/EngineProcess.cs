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

    public string LastWords
    {
        get
        {
            lock (_output) return string.Join('\n', _output.TakeLast(100));
        }
    }

    public static async Task<EngineProcess> StartAsync(Server server, string? rabbitMq = null, params IReadOnlyList<string> accounts)
    {
        var environment = new Dictionary<string, string?>
        {
            ["ConnectionStrings__Postgres"] = server.ConnectionString,
            ["PROCESSDEPLOYMENT_LEDGER"] = server.LedgerFolder,
            ["ConnectionStrings__RabbitMq"] = rabbitMq,
            ["PROCESSDEPLOYMENT_SAMPLE"] = "off",
        };
        for (var i = 0; i < accounts.Count; i++) environment[$"Accounts__{i}"] = accounts[i];
        var engine = new EngineProcess(environment, FreePort());
        await engine.StartAgainAsync();
        return engine;
    }

    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        start.Environment["ASPNETCORE_URLS"] = Url;
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        _process = OsProcess.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ReadyAsync();
    }

    /// <summary>SIGKILL: no line of its code runs any more.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        _process?.Dispose();
    }

    private async Task ReadyAsync()
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
