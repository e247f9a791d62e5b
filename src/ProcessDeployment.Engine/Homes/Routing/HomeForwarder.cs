using System.Globalization;
using System.Net;
using ProcessDeployment.Engine.Http;
using Yarp.ReverseProxy.Forwarder;

namespace ProcessDeployment.Engine.Homes.Routing;

/// <summary>Hands requests on to the home of their account, bodies and streams included, and its answers back.</summary>
internal sealed class HomeForwarder(IHttpForwarder forwarder, ILogger<HomeForwarder> log) : IDisposable
{
    /// <summary>How often a request was handed on: an account moves while requests are under way, but none goes in circles.</summary>
    public const string Hops = "Process-Deployment-Hops";

    private const int Most = 3;

    /// <summary>Longer than any stream or export says nothing.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    private static readonly HttpTransformer Transformer = new HomeTransformer();

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    });

    public async Task ForwardAsync(HttpContext context, string accountId, Home home)
    {
        if (HopsOf(context.Request) >= Most)
        {
            await Problem.Unavailable($"The account {accountId} is found in no home: each of them says it is in another.", "account-moving", retryAfterSeconds: 2).ExecuteAsync(context);
            return;
        }

        var error = await forwarder.SendAsync(context, home.Url.ToString(), _client, new() { ActivityTimeout = Silence }, Transformer, context.RequestAborted);
        if (error is ForwarderError.None || context.RequestAborted.IsCancellationRequested) return;
        log.LogWarning(context.Features.Get<IForwarderErrorFeature>()?.Exception, "{Method} {Path} could not be handed on to home {Home}: {Error}", context.Request.Method, context.Request.Path, home.Name, error);
        if (context.Response.HasStarted) return;
        context.Response.Clear();
        await Problem.Unavailable($"The home {home.Name} of the account {accountId} does not answer. Whether a command took effect is not known: send it again with the same id.", "home-unavailable", retryAfterSeconds: 2).ExecuteAsync(context);
    }

    /// <summary>Where a browser, whose sign-in counts for one home only, finds the account.</summary>
    public static string AddressIn(Home home, HttpRequest request) => $"{home.Url.GetLeftPart(UriPartial.Authority)}{request.Path.ToUriComponent()}{request.QueryString}";

    public void Dispose() => _client.Dispose();

    private static int HopsOf(HttpRequest request) => request.Headers[Hops] is [{ } hops] && int.TryParse(hops, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    /// <summary>Says who asked, for a home that believes this one (<c>Identity__Proxies</c>), and how often it was handed on.</summary>
    private sealed class HomeTransformer : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var (from, headers) = (httpContext.Request, proxyRequest.Headers);
            // The other home is called by its own name.
            headers.Host = null;
            // Cookies are of one home each.
            foreach (var name in (string[])["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Cookie", Hops]) headers.Remove(name);
            headers.TryAddWithoutValidation("X-Forwarded-For", $"{httpContext.Connection.RemoteIpAddress}");
            // How it came here was judged here; there it counts how it goes on.
            headers.TryAddWithoutValidation("X-Forwarded-Proto", new Uri(destinationPrefix).Scheme);
            headers.TryAddWithoutValidation(Hops, string.Create(CultureInfo.InvariantCulture, $"{HopsOf(from) + 1}"));
        }

        public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            proxyResponse?.Headers.Remove("Set-Cookie");
            return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        }
    }
}
