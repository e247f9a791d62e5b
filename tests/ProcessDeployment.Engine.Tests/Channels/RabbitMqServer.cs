using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RabbitMQ.Client;

namespace ProcessDeployment.ChannelTests;

/// <summary>A broker of the test's own: its node name, ports, cookie and folders are nobody else's.</summary>
internal sealed class RabbitMqServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("process-deployment-broker-").FullName;
    private readonly string _node = $"pd{Guid.NewGuid():n}@localhost";
    private readonly string _bin;
    private readonly int[] _ports = FreePorts(4);
    private bool _hasTls;
    private readonly ConcurrentQueue<string> _said = new();
    private System.Diagnostics.Process? _server;

    private RabbitMqServer(string bin) => _bin = bin;

    public string Address => string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{_ports[0]}/");

    /// <summary>Over TLS, once it was started with a certificate.</summary>
    public string TlsAddress(string host) => string.Create(CultureInfo.InvariantCulture, $"amqps://guest:guest@{host}:{_ports[3]}/");

    /// <summary>The folder of the broker's programs, or null where none is installed. Debian's wrapper in PATH insists on its own user, so its own folder comes first.</summary>
    public static string? Programs() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Prepend("/usr/lib/rabbitmq/bin")
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "rabbitmq-server")));

    public static async Task<RabbitMqServer> StartNewAsync(string bin)
    {
        var server = new RabbitMqServer(bin);
        await server.StartAsync();
        return server;
    }

    /// <summary>One that speaks TLS beside plain AMQP.</summary>
    /// <param name="bin">Its programs.</param>
    /// <param name="certificate">Its certificate and those who signed it, in PEM.</param>
    /// <param name="key">Its key, in PEM.</param>
    public static async Task<RabbitMqServer> StartNewAsync(string bin, string certificate, string key)
    {
        var server = new RabbitMqServer(bin) { _hasTls = true };
        string FileOf(string name) => Path.Combine(server._folder, name);
        await File.WriteAllTextAsync(FileOf("certificate.pem"), certificate);
        await File.WriteAllTextAsync(FileOf("key.pem"), key);
        await File.WriteAllTextAsync(FileOf("tls.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listeners.ssl.1 = 127.0.0.1:{server._ports[3]}
            ssl_options.certfile = {FileOf("certificate.pem")}
            ssl_options.keyfile = {FileOf("key.pem")}
            ssl_options.verify = verify_none
            ssl_options.fail_if_no_peer_cert = false

            """));
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        _said.Clear();
        _server = Start("rabbitmq-server", [], _said.Enqueue, _said.Enqueue);
        try
        {
            await Eventually.TrueAsync(AnswersAsync, "the broker to answer", TimeSpan.FromMinutes(2));
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            // Its folder goes away with the test, and with it all that could tell why.
            throw new InvalidOperationException($"{e.Message} It said last:\n{LastWords()}", e);
        }
    }

    /// <summary>Ends it as a power cut would, after it wrote down which queues there are: it does so seconds after it declared one.</summary>
    public async Task KillAsync()
    {
        await ControlAsync("eval", "mnesia:sync_log().");
        await EndAsync();
    }

    /// <summary>Ends it at once: queues that were declared in the last seconds may be forgotten.</summary>
    public async Task EndAsync()
    {
        if (_server is null) return;
        _server.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    /// <summary>Runs rabbitmqctl and gives what it says.</summary>
    public async Task<IReadOnlyList<string>> ControlAsync(params string[] arguments)
    {
        var said = new ConcurrentQueue<string>();
        using var program = Start("rabbitmqctl", arguments, said.Enqueue);
        await program.WaitForExitAsync();
        return program.ExitCode == 0 ? [.. said] : throw new InvalidOperationException($"rabbitmqctl {arguments[0]} ended with {program.ExitCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await EndAsync();
        using (var epmd = Start("epmd", ["-kill"])) await epmd.WaitForExitAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string LastWords()
    {
        var log = Path.Combine(_folder, "log");
        var logged = Directory.Exists(log) ? Directory.GetFiles(log).SelectMany(file => File.ReadLines(file).TakeLast(20)) : [];
        return string.Join('\n', _said.TakeLast(20).Concat(logged));
    }

    private async Task<bool> AnswersAsync()
    {
        if (_server!.HasExited) throw new InvalidOperationException($"The broker ended with {_server.ExitCode}.");
        try
        {
            await using var connection = await new ConnectionFactory { Uri = new(Address) }.CreateConnectionAsync();
            return true;
        }
        catch (Exception e) when (e is IOException or RabbitMQ.Client.Exceptions.RabbitMQClientException)
        {
            return false;
        }
    }

    private System.Diagnostics.Process Start(string program, string[] arguments, Action<string>? said = null, Action<string>? complained = null)
    {
        var path = Path.Combine(_bin, program);
        var start = new ProcessStartInfo(File.Exists(path) ? path : program, arguments) { WorkingDirectory = _folder, UseShellExecute = false };
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in Settings()) start.Environment[name] = value;
        var started = System.Diagnostics.Process.Start(start)!;
        // Unread pipes would fill up and stop it.
        started.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text) said?.Invoke(text);
        };
        started.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text) complained?.Invoke(text);
        };
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }

    private Dictionary<string, string> Settings() => new(StringComparer.Ordinal)
    {
        ["HOME"] = _folder,
        ["RABBITMQ_NODENAME"] = _node,
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = _ports[0].ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_DIST_PORT"] = _ports[1].ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_PORT"] = _ports[2].ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
        ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_folder, "none.conf"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, _hasTls ? "tls.conf" : "none"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "plugins"),
        // Two cores are shared with everything else: no busy waiting.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
    };

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Stop();
        return ports;
    }
}
