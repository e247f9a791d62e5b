using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using ProcessDeployment.Engine.Identity.Settings;

namespace ProcessDeployment.Engine.Identity;

/// <summary>Proxies that are believed for whom they speak and how they were reached. What anybody else says of that is not believed.</summary>
internal static class Proxies
{
    /// <summary>Marks what came through one of them.</summary>
    public const string HandedOn = "handed-on";

    public static void UseProxies(this WebApplication app, IdentityOptions options)
    {
        if (options.Proxies.Count == 0) return;
        var believed = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost, ForwardLimit = null };
        believed.KnownProxies.Clear();
        believed.KnownIPNetworks.Clear();
        foreach (var proxy in options.Proxies)
        {
            if (IPAddress.TryParse(proxy, out var address)) believed.KnownProxies.Add(address);
            else believed.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        app.Use(static (context, next) =>
        {
            if (context.Request.Headers.ContainsKey("X-Forwarded-For")) context.Items[HandedOn] = true;
            return next(context);
        });
        app.UseForwardedHeaders(believed);
    }
}
