using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MudBlazor.Services;
using ProcessDeployment.Client;
using ProcessDeployment.Web.Layout;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web;

/// <summary>Puts the pages into a host. They are a client of the API like any other: whatever they do, a script can.</summary>
public static class PagesSetup
{
    private const string Source = "//pages";
    private const long MostBytes = 1024 * 1024;
    private const string Circuits = "/_blazor";

    /// <summary>Styles go by attributes here and there; scripts come from files of ours only, and nothing from elsewhere.</summary>
    private const string ContentPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'";

    /// <param name="services">Those of the host.</param>
    /// <param name="engine">Where the API is, asked for once the host listens.</param>
    /// <param name="withSignIn">Whether people sign in: then the host keeps the keys of what pages are given, and makes tickets.</param>
    public static void AddPages(this IServiceCollection services, Func<IServiceProvider, Uri> engine, bool withSignIn)
    {
        services.AddRazorComponents().AddInteractiveServerComponents()
            // A page that comes alive sends back what the server put into it.
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = MostBytes);
        services.AddMudServices();
        // What a page was given is good for its circuit, which ends with this process: no key need outlive it.
        if (!withSignIn) services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        services.AddSingleton(provider => new EngineConnection(engine(provider)));
        services.AddScoped(provider => new SignedIn(provider.GetService<IPageTickets>(), provider));
        services.AddScoped(provider => new EngineApi(provider.GetRequiredService<EngineConnection>().For(provider.GetRequiredService<SignedIn>()), Source));
        services.AddSingleton<LiveStreams>();
        services.AddScoped(provider => new LiveChanges(provider.GetRequiredService<LiveStreams>(), provider.GetRequiredService<SignedIn>()));
    }

    /// <summary>Serves the pages below <c>/</c>.</summary>
    /// <param name="app">The host, its routes and guards set up.</param>
    /// <param name="assets">The manifest of static files that the build of the host wrote.</param>
    public static void MapPages(this WebApplication app, string assets)
    {
        app.Use(GuardAsync);
        app.UseAntiforgery();
        app.MapStaticAssets(assets).AllowAnonymous();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'")
            .WithStaticAssets(assets)
            .Add(endpoint => endpoint.Metadata.Add(new PageMark()));
    }

    private static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        // A page of another origin may open a socket to us, and its browser would say where it came from.
        if (context.Request.Path.StartsWithSegments(Circuits, StringComparison.OrdinalIgnoreCase) && IsForeign(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<PageMark>() is not null)
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers["Referrer-Policy"] = "same-origin";
            headers["Accept-CH"] = Theme.Hint;
            headers["Critical-CH"] = Theme.Hint;
            headers.Vary = $"{Theme.Hint}, Cookie";
            headers.CacheControl = "no-store";
        }

        return next(context);
    }

    private static bool IsForeign(HttpRequest request) => request.Headers.Origin is [{ } origin]
        && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, new Uri($"{request.Scheme}://{request.Host}").Authority, StringComparison.OrdinalIgnoreCase));

    private sealed record PageMark;
}
