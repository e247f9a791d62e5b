using System.Net;
using System.Net.Sockets;

namespace ProcessDeployment.Engine.Tests.Webhooks;

/// <summary>A server that does not speak HTTP: it says to everybody the same, and hears to the end what they say.</summary>
internal sealed class OtherServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _greeting;

    public OtherServer(byte[] greeting)
    {
        _greeting = greeting;
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}/hook");

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = GreetAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    /// <summary>Whatever is unread when a socket is closed breaks the connection off before the greeting is read.</summary>
    private async Task GreetAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                var heard = new byte[64 * 1024];
                await socket.ReceiveAsync(heard);
                await socket.SendAsync(_greeting);
                socket.Shutdown(SocketShutdown.Send);
                while (await socket.ReceiveAsync(heard) > 0)
                {
                }
            }
            catch (SocketException)
            {
                // They are gone.
            }
        }
    }
}
