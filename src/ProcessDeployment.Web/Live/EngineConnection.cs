namespace ProcessDeployment.Web.Live;

/// <summary>One connection pool for all pages.</summary>
internal sealed class EngineConnection : IDisposable
{
    private readonly SocketsHttpHandler _connections = new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
    private readonly Uri _engine;
    private readonly HttpClient _nobodys;

    public EngineConnection(Uri engine)
    {
        _engine = engine;
        _nobodys = Over(_connections);
    }

    /// <summary>Over the same connections, in the name of who looks at a page.</summary>
    /// <param name="who">In whose name.</param>
    /// <param name="renews">Whether the browser is asked for another sign-in when this one has ended.</param>
    public HttpClient For(SignedIn who, bool renews = true) => who.IsNeeded ? Over(new TicketHandler(who, renews, _connections)) : _nobodys;

    public void Dispose()
    {
        _nobodys.Dispose();
        _connections.Dispose();
    }

    private HttpClient Over(HttpMessageHandler handler) => new(handler, disposeHandler: false) { BaseAddress = _engine, Timeout = TimeSpan.FromSeconds(30) };
}
