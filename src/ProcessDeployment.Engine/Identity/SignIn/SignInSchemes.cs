using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Identity.Keys;
using ProcessDeployment.Engine.Identity.Settings;
using ProcessDeployment.Engine.Identity.Tokens;
using ProcessDeployment.Engine.Ledger;

namespace ProcessDeployment.Engine.Identity.SignIn;

/// <summary>The cookie of the pages, and how the issuer is asked who somebody is.</summary>
internal static class SignInSchemes
{
    public const string Cookie = "sign-in";
    public const string Issuer = "issuer";

    public static void AddSignIn(this IServiceCollection services, EngineOptions engine)
    {
        var options = engine.Identity;
        // All nodes read the cookies of each other, also after a restart.
        services.AddDataProtection().SetApplicationName("process-deployment").PersistKeysToFileSystem(KeysIn(new LedgerFolder(engine).Path));
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "pd-form";
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        var schemes = services.AddAuthentication().AddCookie(Cookie, cookie =>
        {
            cookie.Cookie.Name = "pd-sign-in";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            // Without encryption nobody but this machine gets one, see below.
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.SlidingExpiration = false;
            cookie.ExpireTimeSpan = options.SignInLifetime;
            cookie.Events.OnValidatePrincipal = StillGoodAsync;
        });
        if (options.ClientId is not null) schemes.AddOpenIdConnect(Issuer, issuer => Set(issuer, options));
        services.AddOptions<OpenIdConnectOptions>(Issuer).Configure<IssuerKeys>(static (issuer, keys) => issuer.ConfigurationManager = keys);
    }

    /// <summary>Who signed in; null for nobody, and after the end.</summary>
    public static async Task<PageUser?> OfAsync(HttpContext context) =>
        await context.AuthenticateAsync(Cookie) is { Succeeded: true } result ? PageUser.Of(result.Principal) : null;

    public static Task EnterAsync(HttpContext context, PageUser user) =>
        context.SignInAsync(Cookie, user.ToPrincipal(), new AuthenticationProperties { ExpiresUtc = user.Ends, AllowRefresh = false });

    private static DirectoryInfo KeysIn(string ledger)
    {
        var folder = Path.Combine(ledger, "sign-in-keys");
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static async Task StillGoodAsync(CookieValidatePrincipalContext cookie)
    {
        var services = cookie.HttpContext.RequestServices;
        var user = cookie.Principal is { } principal ? PageUser.Of(principal) : null;
        var isGood = user is not null && !services.GetRequiredService<EndedSignIns>().IsOver(user)
            && (user.KeyId is not { } key || await services.GetRequiredService<KeyDoor>().IsGoodAsync(cookie.HttpContext, user.AccountId, key));
        if (!isGood) cookie.RejectPrincipal();
    }

    private static void Set(OpenIdConnectOptions issuer, IdentityOptions options)
    {
        issuer.Authority = options.Authority;
        issuer.RequireHttpsMetadata = !new Uri(options.Authority!).IsLoopback;
        issuer.ClientId = options.ClientId;
        issuer.ClientSecret = options.ClientSecret;
        issuer.SignInScheme = Cookie;
        issuer.CallbackPath = SignInPaths.Callback;
        // Anybody could link to it, and it would sign out whoever follows.
        issuer.RemoteSignOutPath = default;
        issuer.ResponseType = OpenIdConnectResponseType.Code;
        // The answer comes with a navigation of ours, so that its cookies need not be sent from anywhere.
        issuer.ResponseMode = OpenIdConnectResponseMode.Query;
        issuer.UsePkce = true;
        issuer.MapInboundClaims = false;
        issuer.SaveTokens = false;
        issuer.GetClaimsFromUserInfoEndpoint = false;
        issuer.DisableTelemetry = true;
        issuer.Scope.Clear();
        foreach (var scope in new[] { "openid", "profile", "email" }) issuer.Scope.Add(scope);
        issuer.TokenValidationParameters.ValidAlgorithms = IssuerTokens.Algorithms;
        issuer.TokenValidationParameters.ClockSkew = IssuerTokens.ClockSkew;
        foreach (var cookie in new[] { issuer.CorrelationCookie, issuer.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        issuer.Events.OnTokenValidated = SignInAtIssuer.EnterAsync;
        issuer.Events.OnRemoteFailure = SignInAtIssuer.FailAsync;
    }
}
