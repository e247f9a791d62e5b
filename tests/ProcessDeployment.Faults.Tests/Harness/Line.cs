using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>A connection that goes through a <see cref="Proxy"/>.</summary>
internal sealed class Line(Proxy proxy, Socket client) : IDisposable
{
    public const int Buffer = 16 * 1024;

    /// <summary>Clients of PostgreSQL and of RabbitMQ say first who they are.</summary>
    private const int MostOfGreeting = 4 * 1024;

    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly StringBuilder _greeting = new();

    public bool IsOf(string name)
    {
        lock (_greeting) return _greeting.ToString().Contains(name, StringComparison.Ordinal);
    }

    public async Task RunAsync(int target)
    {
        try
        {
            (client.NoDelay, _server.NoDelay) = (true, true);
            await _server.ConnectAsync(IPAddress.Loopback, target);
            await Task.WhenAny(PumpAsync(client, _server, fromServer: false), PumpAsync(_server, client, fromServer: true));
        }
        catch (SocketException)
        {
            // The server is away: the client learns it by the end of its line.
        }
    }

    /// <summary>Both sides get a reset, and nothing that was under way arrives.</summary>
    public void Cut()
    {
        foreach (var socket in (Socket[])[client, _server])
        {
            try
            {
                socket.LingerState = new(enable: true, seconds: 0);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It is closed already.
            }

            socket.Dispose();
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, bool fromServer)
    {
        var buffer = new byte[Buffer];
        try
        {
            while (await from.ReceiveAsync(buffer.AsMemory(0, Math.Min(proxy.Most, Buffer))) is > 0 and var length)
            {
                if (!fromServer) Greet(buffer.AsSpan(0, length));
                await proxy.PassAsync(this, fromServer, buffer.AsMemory(0, length));
                await to.SendAsync(buffer.AsMemory(0, length));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Either side is gone: so is the line.
        }
    }

    private void Greet(ReadOnlySpan<byte> said)
    {
        lock (_greeting)
        {
            if (_greeting.Length < MostOfGreeting) _greeting.Append(Encoding.Latin1.GetString(said));
        }
    }
}
