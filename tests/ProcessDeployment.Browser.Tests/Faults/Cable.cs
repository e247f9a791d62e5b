using System.Net;
using System.Net.Sockets;

namespace ProcessDeployment.Browser.Tests.Faults;

/// <summary>The way between a browser and an engine, which can be cut and mended: whoever is on it hears nothing more, and reaches nobody.</summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly Uri _engine;
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private CancellationTokenSource _whole = new();
    private Task _carrying = Task.CompletedTask;

    public Cable(RunningEngine engine)
    {
        _engine = engine.Url;
        Mend();
        Url = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
    }

    /// <summary>Its near end.</summary>
    public Uri Url { get; }

    public async Task CutAsync()
    {
        await _whole.CancelAsync();
        _listener.Dispose();
        await _carrying;
    }

    public void Mend()
    {
        if (Url is not null) _listener = new(IPAddress.Loopback, Url.Port) { ExclusiveAddressUse = false };
        _whole = new();
        _listener.Start();
        _carrying = CarryAsync(_listener, _whole.Token);
    }

    public async ValueTask DisposeAsync() => await CutAsync();

    private async Task CarryAsync(TcpListener listener, CancellationToken cut)
    {
        var links = new List<Task>();
        try
        {
            while (true) links.Add(LinkAsync(await listener.AcceptTcpClientAsync(cut), cut));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(links);
        }
    }

    private async Task LinkAsync(TcpClient near, CancellationToken cut)
    {
        using var far = new TcpClient();
        using (near)
        {
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _engine.Port, cut);
                await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), cut), far.GetStream().CopyToAsync(near.GetStream(), cut));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // It is cut, or nobody is at the far end.
            }
        }
    }
}
