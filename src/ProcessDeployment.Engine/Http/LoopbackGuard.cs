using System.Net;
using ProcessDeployment.Engine.Identity;

namespace ProcessDeployment.Engine.Http;

/// <summary>
/// While no identity is configured whoever reaches the engine may do everything, so only this machine may reach it, and no
/// web page of another origin by way of a name that resolves to it (DNS rebinding).
/// </summary>
internal sealed class LoopbackGuard(RequestDelegate next)
{
    private const string Why = "While no identity is configured, the engine serves this machine only";

    public Task InvokeAsync(HttpContext context)
    {
        // Something on this machine that hands requests on would let the whole world in, and pages of others could send by the browser.
        if (!ThisMachine.Made(context) || IsSentByAnotherSite(context.Request))
            return new Problem("This engine serves its own machine only", 403, $"{Why}.", "loopback-only").ExecuteAsync(context);
        if (!IsOurName(context.Request.Host.Host))
            return new Problem("This host name is not served", 421, $"{Why}, as localhost, 127.0.0.1 or [::1].", "unknown-host").ExecuteAsync(context);
        return next(context);
    }

    /// <summary>Without an address, such as over a local socket, it is from here.</summary>
    public static bool IsFromHere(HttpContext context) => context.Connection.RemoteIpAddress is not { } from || IPAddress.IsLoopback(from);

    /// <summary>The names of this machine for itself.</summary>
    private static bool IsSentByAnotherSite(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && ((request.Headers["Sec-Fetch-Site"] is [{ } from] && from is not ("same-origin" or "none")) || (request.Headers.Origin is [{ } origin] && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsOurName(page.Host))));

    public static bool IsOurName(string host) =>
        host is "127.0.0.1" or "[::1]" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
