using System.Net;
using ProcessDeployment.Engine.Identity.Settings;

namespace ProcessDeployment.Engine.Host;

/// <summary>Where HTTP listens: on this machine, unless the configuration names another of its addresses.</summary>
internal static class ListenAddresses
{
    public const string Default = "http://localhost:5080";

    /// <summary>Sets the default, and refuses what would let others in while nobody can be told apart.</summary>
    public static void UseListenAddresses(this WebApplicationBuilder builder, IdentityOptions identity)
    {
        var named = Named(builder.Configuration).ToList();
        if (named.Count == 0) builder.WebHost.UseUrls(Default);
        if (named.FirstOrDefault(url => !IsLoopback(url)) is { } open)
        {
            if (identity is { IsOn: true, Hosts.Count: > 0 }) return;
            if (identity.IsOn) throw new EngineStartException($"{open} can be reached from other machines: AllowedHosts must say by which names, such as deploy.example.com.");
            throw new EngineStartException(
                $"{open} can be reached from other machines, and no identity is configured, so anybody could deploy. "
                + $"Set ASPNETCORE_URLS (or --urls) to an address of this machine only, such as {Default}.");
        }
    }

    private static IEnumerable<string> Named(ConfigurationManager configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
        if (endpoints.Count > 0) return endpoints;
        var urls = Split(configuration["urls"]).ToList();
        if (urls.Count > 0) return urls;
        return Split(configuration["http_ports"]).Select(port => $"http://*:{port}").Concat(Split(configuration["https_ports"]).Select(port => $"https://*:{port}"));
    }

    private static string[] Split(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool IsLoopback(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException e)
        {
            throw new EngineStartException($"{url} is no address to listen on. Set ASPNETCORE_URLS (or --urls) to something like {Default}.", e);
        }

        return address.IsUnixPipe || address.IsNamedPipe || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));
    }
}
