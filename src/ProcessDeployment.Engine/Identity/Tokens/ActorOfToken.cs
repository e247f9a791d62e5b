using System.Security.Claims;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Identity.Tokens;

/// <summary>By which name the owner of a token acts. Names of keys, Atoms and machines are the engine's to give: nobody gets one by choosing it at the issuer.</summary>
internal static class ActorOfToken
{
    private static readonly string[] OfPeople = ["preferred_username", "email", "sub"];
    private static readonly string[] Given = ["client:", "key:", "atom:"];

    /// <param name="claims">What the token says.</param>
    /// <param name="claim">The one claim that counts for people; null for the usual ones in turn.</param>
    /// <returns>Null where nothing in it will do.</returns>
    public static string? Of(ClaimsIdentity claims, string? claim = null)
    {
        if (Machine(claims) is { } client) return IsGood(client) ? $"client:{client}" : null;
        return (claim is null ? OfPeople : [claim]).Where(name => name != "email" || claims.FindFirst("email_verified")?.Value is not ("false" or "False"))
            .Select(name => claims.FindFirst(name)?.Value)
            .FirstOrDefault(value => value is not null && IsGood(value) && !Given.Any(prefix => value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The client that acts for nobody but itself, as the usual issuers say it; null for people.</summary>
    private static string? Machine(ClaimsIdentity claims)
    {
        var client = claims.FindFirst("azp")?.Value ?? claims.FindFirst("client_id")?.Value;
        if (string.IsNullOrEmpty(client)) return null;
        var subject = claims.FindFirst("sub")?.Value;
        var isMachine = subject is null || subject == client || subject == $"{client}@clients"
            || claims.FindFirst("gty")?.Value == "client-credentials" || claims.FindFirst("idtyp")?.Value == "app"
            || string.Equals(claims.FindFirst("preferred_username")?.Value, $"service-account-{client}", StringComparison.OrdinalIgnoreCase);
        return isMachine ? client : null;
    }

    private static bool IsGood(string name) => !string.IsNullOrWhiteSpace(name) && name.Length <= Limits.Actor - "client:".Length && !name.Any(char.IsControl);
}
