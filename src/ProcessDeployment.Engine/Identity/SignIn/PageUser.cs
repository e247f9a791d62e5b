using System.Globalization;
using System.Security.Claims;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Identity.SignIn;

/// <summary>Somebody who signed in to the pages.</summary>
/// <param name="Id">Of the sign-in, which can be ended.</param>
/// <param name="Accounts">What may be chosen from; the first is the one that is looked at.</param>
/// <param name="Actor">Under which name.</param>
/// <param name="Kind">On whose word.</param>
/// <param name="KeyId">The key, where it was one.</param>
/// <param name="Ends">When the sign-in ends, whatever is done meanwhile.</param>
internal sealed record PageUser(Guid Id, IReadOnlyList<string> Accounts, string Actor, AuthorityKind Kind, Guid? KeyId, DateTimeOffset Ends)
{
    private const string IdClaim = "pd:sign-in";
    private const string AccountClaim = "pd:account";
    private const string ActorClaim = ClaimTypes.Name;
    private const string KindClaim = "pd:kind";
    private const string KeyClaim = "pd:key";
    private const string EndsClaim = "pd:ends";

    public string AccountId => Accounts[0];

    public Caller Caller => new(AccountId, Actor, Kind switch
    {
        AuthorityKind.Operator => Authority.Operator,
        AuthorityKind.ApiKey when KeyId is { } key => Authority.OfKey(key),
        _ => Authority.OfActor,
    });

    public static PageUser New(Caller caller, IReadOnlyList<string> accounts, DateTimeOffset ends) =>
        new(Guid.NewGuid(), accounts, caller.Actor, caller.Authority.Kind, caller.Authority.Id, ends);

    public ClaimsPrincipal ToPrincipal()
    {
        var claims = new ClaimsIdentity("process-deployment", ActorClaim, roleType: null);
        claims.AddClaim(new(IdClaim, $"{Id:n}"));
        foreach (var account in Accounts) claims.AddClaim(new(AccountClaim, account));
        claims.AddClaim(new(ActorClaim, Actor));
        claims.AddClaim(new(KindClaim, $"{Kind}"));
        if (KeyId is { } key) claims.AddClaim(new(KeyClaim, $"{key:n}"));
        claims.AddClaim(new(EndsClaim, Ends.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        return new(claims);
    }

    /// <summary>Null for nobody who signed in here.</summary>
    public static PageUser? Of(ClaimsPrincipal user)
    {
        string? Text(string type) => user.FindFirst(type)?.Value;
        if (user.Identity is not { IsAuthenticated: true } || !Guid.TryParse(Text(IdClaim), out var id) || Text(ActorClaim) is not { } actor) return null;
        string[] accounts = [.. user.FindAll(AccountClaim).Select(claim => claim.Value)];
        if (accounts.Length == 0 || !Enum.TryParse<AuthorityKind>(Text(KindClaim), out var kind) || !long.TryParse(Text(EndsClaim), CultureInfo.InvariantCulture, out var ends)) return null;
        return new(id, accounts, actor, kind, Guid.TryParse(Text(KeyClaim), out var key) ? key : null, DateTimeOffset.FromUnixTimeSeconds(ends));
    }
}
