using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Homes.Routing;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Identity.Keys;
using ProcessDeployment.Engine.Identity.Limiting;
using ProcessDeployment.Engine.Identity.Passwords;
using ProcessDeployment.Engine.Identity.SignIn;
using ProcessDeployment.Engine.Identity.Tokens;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Engine.Identity;

/// <summary>Who is let in, and how much of the engine each may have.</summary>
internal static class IdentityServices
{
    public static void AddIdentity(this IServiceCollection services, EngineOptions options)
    {
        services.AddCallerLimits(options.Limits);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            kestrel.Limits.MaxConcurrentConnections = options.Limits.Connections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = options.Limits.Connections;
        });
        if (!options.Identity.IsOn) return;
        // The pages reach their own engine by the name of this machine, whatever it is called outside; see HostGuard.
        services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = ["*"]);
        services.AddSingleton(options.Identity);
        services.TryAddSingleton<ICallers, IdentifiedCallers>();
        services.AddSingleton<KnownAccounts>();
        services.AddSingleton<FailureLimit>();
        services.AddSingleton<CallersOfTokens>();
        services.AddSingleton<IssuerKeys>();
        if (options.Identity.Authority is not null) services.AddSingleton<VerifiedTokens>().AddSingleton<IssuerTokens>();
        services.AddSingleton<KeyUses>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyUses>());
        services.AddSingleton<KeyDoor>();
        services.AddSingleton(provider => new PasswordDoor(options.Identity, provider.GetRequiredService<KnownAccounts>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<EndedSignIns>();
        services.AddSingleton<PageTickets>();
        services.AddSingleton<IPageTickets>(provider => provider.GetRequiredService<PageTickets>());
        services.AddSignIn(options);
    }

    /// <summary>Everything that stands before what is served. Cheap refusals first, what computes last.</summary>
    public static void UseIdentity(this WebApplication app, EngineOptions options)
    {
        if (options.Identity.IsOn)
        {
            app.UseProxies(options.Identity);
            app.UseMiddleware<HostGuard>();
            app.UseMiddleware<FailureGate>();
            if (options.Homes.All.Count > 0) app.UseMiddleware<HomeGate>();
            app.UseMiddleware<AtomGate>();
            // For who comes back from the issuer; who comes in otherwise is seen by the gate.
            app.UseAuthentication();
            app.UseMiddleware<IdentityGate>();
            if (options.Homes.All.Count > 0) app.UseMiddleware<HomeOfCaller>();
            app.MapSignIn(options.Identity);
        }
        else
        {
            app.UseMiddleware<LoopbackGuard>();
            app.UseMiddleware<AtomGate>();
        }

        if (CallerLimits.AreOn(options.Limits)) app.UseRateLimiter();
    }
}
