using System.Net;
using System.Net.Sockets;

namespace ProcessDeployment.Domain.Webhooks;

/// <summary>Which addresses are out in the world. Whoever may set a webhook must not reach with it what only this machine reaches.</summary>
public static class PublicAddresses
{
    /// <summary>Ranges that are of this network, of this machine, of nobody or of many.</summary>
    private static readonly IPNetwork[] Others =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            // Documentation, and addresses that carry one of the above inside: Teredo and 6to4.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>All that is given out; translated, local and reserved ones lie outside of it.</summary>
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>Whether an address of the web says by itself that it lies elsewhere. What a name means is known only when it is connected to.</summary>
    public static bool Excludes(Uri url) =>
        IPAddress.TryParse(url.DnsSafeHost, out var address) ? !Contains(address) : url.DnsSafeHost == "localhost" || url.DnsSafeHost.EndsWith(".localhost", StringComparison.Ordinal);

    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return (address.AddressFamily == AddressFamily.InterNetwork || Global.Contains(address)) && !Array.Exists(Others, network => network.Contains(address));
    }
}
