using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RabbitMQ.Client;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>A private broker: its node name, ports, cookie and folders are nobody else's.</summary>
internal sealed class RabbitBroker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("process-deployment-broker-").FullName;
    private readonly string _node = $"pd{Guid.NewGuid():n}@localhost";
    private readonly int[] _ports = FreePorts(3);
    private Process? _server;

    public string Address => string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{_ports[0]}/");

    public static async Task<RabbitBroker> StartAsync()
    {
        var broker = new RabbitBroker();
        broker._server = broker.Start("rabbitmq-server");
        var since = Stopwatch.GetTimestamp();
        while (!await broker.AnswersAsync())
        {
            if (broker._server.HasExited || Stopwatch.GetElapsedTime(since) > Patience) throw new InvalidOperationException($"The broker does not start, see {broker._folder}.");
            // A broker that starts tells nobody when it answers.
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        return broker;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        using (var epmd = Start("epmd", "-kill")) await epmd.WaitForExitAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
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

    private Process Start(string program, params string[] arguments)
    {
        // Debian's wrapper in PATH insists on its own user, so the broker's own folder comes first.
        var own = Path.Combine("/usr/lib/rabbitmq/bin", program);
        var start = new ProcessStartInfo(File.Exists(own) ? own : program, arguments) { WorkingDirectory = _folder, UseShellExecute = false };
        // All three: a child that shares the terminal has .NET set it up anew, which stops a program in the background.
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in Settings()) start.Environment[name] = value;
        var started = Process.Start(start)!;
        // Unread pipes would fill up and stop it.
        started.OutputDataReceived += static (_, _) => { };
        started.ErrorDataReceived += static (_, _) => { };
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
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "none"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "plugins"),
        // The machine is shared with everything else: no busy waiting.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+sbwt none +sbwtdcpu none +sbwtdio none",
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
