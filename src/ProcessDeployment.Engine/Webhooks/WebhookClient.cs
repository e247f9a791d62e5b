using System.Net;
using System.Net.Sockets;
using ProcessDeployment.Domain.Webhooks;

namespace ProcessDeployment.Engine.Webhooks;

/// <summary>
/// Sends requests to addresses that somebody else chose. Which machine a name means is judged when it is connected to, so that a
/// name which means another one each time gets nowhere; no redirection is followed, and of an answer only its status is read.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    private readonly bool _allowPrivate;
    private readonly HttpClient _http;
    private readonly TimeSpan _patience;

    public WebhookClient(bool allowPrivate, TimeSpan patience)
    {
        (_allowPrivate, _patience) = (allowPrivate, patience);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = ConnectAsync,
            // A connection that was judged once is not kept for ever: the name may mean somebody else by then.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    public void Dispose() => _http.Dispose();

    /// <summary>What went wrong, without a word of the other side; null when it was taken.</summary>
    public async Task<string?> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"it did not answer within {_patience.TotalSeconds:0.###} s";
        }
        catch (HttpRequestException e)
        {
            return WebhookProblem.Of(e);
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        var allowed = Array.FindAll(addresses, address => _allowPrivate || PublicAddresses.Contains(address));
        if (allowed.Length == 0) throw new NotPublicException(context.DnsEndPoint.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
