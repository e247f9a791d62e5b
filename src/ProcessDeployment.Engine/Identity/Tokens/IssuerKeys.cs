using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ProcessDeployment.Engine.Identity.Settings;

namespace ProcessDeployment.Engine.Identity.Tokens;

/// <summary>
/// What the issuer says of itself, above all its keys. Asked again now and then, so that a key it took back lets nobody in
/// for long; and for a key that is not known, but not more often than once a minute, whoever invents keys. While the
/// issuer does not answer, what it said last counts.
/// </summary>
internal sealed class IssuerKeys(IdentityOptions options, TimeProvider time, ILogger<IssuerKeys> log) : IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    /// <summary>After which it is asked again.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>How often at most it is asked.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    /// <summary>How long anybody waits for newer keys while the former still count.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan FirstPace = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 1024 * 1024,
    };

    private Known? _known;
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;

    /// <exception cref="IssuerAwayException">It never answered yet.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        if (_known is not { } known) return (await AskAsync(former: null, FirstPace, cancel))?.Configuration ?? throw new IssuerAwayException(options.Authority!);
        // While one asks, and where the issuer hangs, what it said before lets the others in without waiting.
        if (time.GetUtcNow() - known.At < Fresh || _asking.CurrentCount == 0) return known.Configuration;
        try
        {
            return (await AskAsync(known, Pace, CancellationToken.None).WaitAsync(Patience, time, cancel))!.Configuration;
        }
        catch (TimeoutException)
        {
            return known.Configuration;
        }
    }

    /// <summary>Asks for keys that are newer than those; null when there are none, or it was asked a moment ago.</summary>
    public async Task<OpenIdConnectConfiguration?> NewerAsync(OpenIdConnectConfiguration than, CancellationToken cancel)
    {
        if (_known is { } known && known.Configuration != than) return known.Configuration;
        var now = await AskAsync(_known, Pace, cancel);
        return now is null || now.Configuration == than ? null : now.Configuration;
    }

    public void RequestRefresh()
    {
        // Whoever needs newer keys asks for them.
    }

    public void Dispose()
    {
        _http.Dispose();
        _asking.Dispose();
    }

    private async Task<Known?> AskAsync(Known? former, TimeSpan pace, CancellationToken cancel)
    {
        if (time.GetUtcNow() - _askedAt < pace && _asking.CurrentCount > 0) return _known;
        await _asking.WaitAsync(cancel);
        try
        {
            // Somebody else asked while this one waited.
            if (_known != former || time.GetUtcNow() - _askedAt < pace) return _known;
            _askedAt = time.GetUtcNow();
            var found = await OpenIdConnectConfigurationRetriever.GetAsync($"{options.Authority!.TrimEnd('/')}/.well-known/openid-configuration", new HttpDocumentRetriever(_http) { RequireHttps = !IsLocal }, CancellationToken.None);
            if (found.Issuer?.TrimEnd('/') != options.Authority.TrimEnd('/')) throw new InvalidOperationException($"it says that it is {found.Issuer}");
            if (found.SigningKeys.Count == 0) throw new InvalidOperationException("it has no keys");
            return _known = new(found, time.GetUtcNow());
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogWarning(e, "The issuer {Authority} cannot be asked for its keys; those it gave last count", options.Authority);
            return _known;
        }
        finally
        {
            _asking.Release();
        }
    }

    private bool IsLocal => new Uri(options.Authority!).IsLoopback;

    private sealed record Known(OpenIdConnectConfiguration Configuration, DateTimeOffset At);
}

/// <summary>Nobody can be told apart before the issuer has said its keys.</summary>
internal sealed class IssuerAwayException(string authority) : Exception($"The issuer {authority} does not answer, so nobody's token can be checked.");
