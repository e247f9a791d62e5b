using System.Security.Claims;

namespace ProcessDeployment.Web.Live;

/// <summary>With what pages ask the engine in the name of who looks at them. A host where nobody signs in has none.</summary>
public interface IPageTickets
{
    /// <summary>Good for a minute; null when the sign-in has ended.</summary>
    string? For(ClaimsPrincipal user);

    /// <summary>Under which name somebody acts.</summary>
    string? NameOf(ClaimsPrincipal user);

    /// <summary>Which account somebody looks at.</summary>
    string? AccountOf(ClaimsPrincipal user);

    /// <summary>The same for all pages of a sign-in, in one account.</summary>
    string? StreamOf(ClaimsPrincipal user);

    /// <summary>The same person after another sign-in, as the browser can prove; null for anybody else.</summary>
    ClaimsPrincipal? Renew(ClaimsPrincipal user, string grant);
}
