using System.Net;
using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Identity.Settings;

/// <summary>What stands against an engine with these settings: half an identity must not look like a whole one.</summary>
internal static class IdentityCheck
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <exception cref="EngineStartException">One of them is wrong, or lacks another.</exception>
    public static void Check(this IdentityOptions options)
    {
        if (options.Authority is { } authority) CheckAuthority(authority);
        Needs("Audience", options.Audience is null && options.Authority is not null, "it says for whom the tokens of Identity__Authority are made; without it those for other programs would let in here");
        OnlyWithAuthority("Audience", options.Audience is not null, options);
        OnlyWithAuthority("ClientId", options.ClientId is not null, options);
        OnlyWithAuthority("ActorClaim", options.ActorClaim is not null, options);
        OnlyWithAuthority("OperatorClaim", options.OperatorClaim is not null, options);
        OnlyWithAuthority("StrictTypes", options.StrictTypes, options);
        Needs("OperatorValue", options is { OperatorClaim: not null, OperatorValue: null }, "it says by which value of Identity__OperatorClaim the operator is known");
        Needs("OperatorClaim", options is { OperatorClaim: null, OperatorValue: not null }, "it says in which claim Identity__OperatorValue is looked for");
        Needs("ClientId", options is { ClientId: null, ClientSecret: not null }, "Identity__ClientSecret is its secret");
        if (options.SignInLifetime < Shortest || options.SignInLifetime > Longest) throw new EngineStartException($"Identity__SignInLifetime must be between 00:01:00 and 7.00:00:00; it is {options.SignInLifetime:c}.");
        foreach (var proxy in options.Proxies.Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)))
            throw new EngineStartException($"Identity__Proxies names \"{proxy}\", which is neither an address nor a network such as 10.0.0.0/8.");
        if (!options.IsOn) return;
        foreach (var host in options.Hosts.Where(host => !IsName(host)))
            throw new EngineStartException($"AllowedHosts names \"{host}\". It must be the names by which people reach the engine, such as deploy.example.com or *.example.com, without port and one after another with a semicolon.");
    }

    private static void CheckAuthority(string authority)
    {
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || address is { Query.Length: > 0 } or { Fragment.Length: > 0 })
            throw new EngineStartException($"Identity__Authority must be the address of an OpenID Connect issuer, such as https://login.example.com/realms/main; it is \"{authority}\".");
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            throw new EngineStartException($"Identity__Authority must begin with https://, unless it is on this machine: whoever stands in between could give the engine keys of his own. It is \"{authority}\".");
    }

    private static void OnlyWithAuthority(string name, bool isSet, IdentityOptions options)
    {
        if (isSet && options.Authority is null) throw new EngineStartException($"Identity__{name} is set, but Identity__Authority is not: it is about the tokens of an issuer.");
    }

    private static void Needs(string name, bool lacks, string why)
    {
        if (lacks) throw new EngineStartException($"Identity__{name} must be set too: {why}.");
    }

    private static bool IsName(string host) => Uri.CheckHostName(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host) is not UriHostNameType.Unknown;
}
