using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>An engine in a process of its own.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;

    private EngineProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan StartedIn { get; private set; }

    public CpuTime? CpuWith(BenchmarkDatabase database) => Cpu.Of(ProcessId, database);

    /// <param name="database">Where it keeps its data.</param>
    /// <param name="rabbitMq">A broker, or none.</param>
    /// <param name="asShipped">The program itself instead of the one that can be paused and serves many accounts.</param>
    /// <param name="readyPath">What answers 200 when it is ready.</param>
    /// <param name="settings">Further ones.</param>
    public static async Task<EngineProcess> StartAsync(BenchmarkDatabase database, string? rabbitMq = null, bool asShipped = false, string readyPath = "/health/ready", params IEnumerable<(string Name, string Value)> settings)
    {
        var port = FreePort();
        var program = Path.Combine(AppContext.BaseDirectory, asShipped ? "ProcessDeployment.Engine.dll" : "ProcessDeployment.Benchmarks.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet", asShipped ? [program] : [program, "engine"])
        {
            UseShellExecute = false,
            // All three: a child that shares the terminal has .NET set it up anew, which stops a program in the background.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["ConnectionStrings__Postgres"] = database.ConnectionString;
        start.Environment["PROCESSDEPLOYMENT_LEDGER"] = database.LedgerFolder;
        start.Environment["ConnectionStrings__RabbitMq"] = rabbitMq;
        start.Environment["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["PROCESSDEPLOYMENT_SAMPLE"] = "off";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var since = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        process.ErrorDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var engine = new EngineProcess(process, port);
        await engine.WaitAsync(readyPath);
        engine.StartedIn = Stopwatch.GetElapsedTime(since);
        return engine;
    }

    public Task PauseProjectionsAsync() => PostAsync("/benchmark/pause");

    public Task ResumeProjectionsAsync() => PostAsync("/benchmark/resume");

    public Task HoldCommandsAsync() => PostAsync("/benchmark/hold");

    public Task ReleaseCommandsAsync() => PostAsync("/benchmark/release");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            var kill = new ProcessStartInfo("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            using var terminate = Process.Start(kill);
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private async Task PostAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{Port}") };
        using var answer = await http.PostAsync(path, content: null);
        answer.EnsureSuccessStatusCode();
    }

    private async Task WaitAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromSeconds(5) };
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < Patience && !_process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(path);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Not listening yet.
            }

            // The time to ready is one of the figures: no coarser than it is to be told.
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        throw new InvalidOperationException("The engine did not get ready.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
