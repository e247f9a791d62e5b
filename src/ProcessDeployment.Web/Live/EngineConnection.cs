namespace ProcessDeployment.Web.Live;

/// <summary>One connection pool for all pages.</summary>
internal sealed class EngineConnection : IDisposable
{
    public EngineConnection(Uri engine) => Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
    {
        BaseAddress = engine,
        Timeout = TimeSpan.FromSeconds(30),
    };

    public HttpClient Http { get; }

    public void Dispose() => Http.Dispose();
}
