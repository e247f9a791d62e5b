using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Identity.Settings;

namespace ProcessDeployment.Engine.Identity;

/// <summary>
/// Serves under the names it was given, and to its own machine under the names of that; whoever looks after its health may use
/// any. To others only over TLS: a token that came in plain text was read by whoever stood in between.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, IdentityOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)) return next(context);
        if (!options.PlainHttp && !context.Request.IsHttps && !ThisMachine.Made(context))
            return new Problem("Only over TLS", 403, "This engine takes nothing over plain HTTP from other machines, unless a proxy of Identity__Proxies says that it came over TLS, or Identity__PlainHttp allows it. Credentials that came this way should be replaced.", "tls-only").ExecuteAsync(context);
        if (options.Hosts.Any(name => Fits(name, host)) || (LoopbackGuard.IsOurName(host) && LoopbackGuard.IsFromHere(context)))
            return next(context);
        return new Problem("This host name is not served", 421, "The setting AllowedHosts says which are.", "unknown-host").ExecuteAsync(context);
    }

    private static bool Fits(string name, string host) => name.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(name, StringComparison.OrdinalIgnoreCase);
}
