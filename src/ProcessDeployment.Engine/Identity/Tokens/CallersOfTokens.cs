using System.Security.Claims;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Identity.Settings;

namespace ProcessDeployment.Engine.Identity.Tokens;

/// <summary>Whose request it is, by what the issuer says: the account by one claim and nothing else.</summary>
internal sealed class CallersOfTokens(EngineOptions engine, IdentityOptions options, KnownAccounts accounts)
{
    /// <summary>In which whoever has several accounts says which one he means.</summary>
    public const string Header = "Account";

    public async ValueTask<Entry> EnterAsync(HttpContext context, ClaimsIdentity claims, DateTimeOffset until)
    {
        var (found, problem) = await ReadAsync(claims, context.RequestAborted);
        if (found is null) return problem;
        var wanted = context.Request.Headers[Header];
        if (wanted.Count > 1) return Entry.Malformed($"The header {Header} stands there more than once.", "account-ambiguous");
        if (wanted is not [{ Length: > 0 } account])
        {
            return found.Accounts is [var only]
                ? await OfAsync(found, only, until, context.RequestAborted)
                : Entry.Malformed($"You have several accounts: name one of them in the header {Header}.", "account-needed");
        }

        return found.Accounts.Contains(account, StringComparer.Ordinal)
            ? await OfAsync(found, account, until, context.RequestAborted)
            : Entry.Forbidden("The account in the header is not one of yours.", "account-not-yours");
    }

    /// <summary>What claims say; where they say too little, why that does not do.</summary>
    public async ValueTask<(FoundInToken? Found, Entry Problem)> ReadAsync(ClaimsIdentity claims, CancellationToken cancellation)
    {
        var isOperator = options.OperatorClaim is { } claim && claims.FindAll(claim).Any(found => found.Value == options.OperatorValue);
        string[] named = [.. claims.FindAll(options.AccountClaim).Select(found => found.Value).Distinct(StringComparer.Ordinal)];
        // The engine is nobody's account, but whoever runs it has one to look from.
        if (named.Length == 0 && isOperator) named = [engine.Account];
        if (named.Length == 0) return (null, Entry.Forbidden($"The token names no account: its claim {options.AccountClaim} is missing.", "no-account"));
        if (ActorOfToken.Of(claims, options.ActorClaim) is not { } actor) return (null, Entry.Forbidden($"The token says nothing by which its owner could be called: {(options.ActorClaim is { } one ? $"its claim {one} will not do" : "of preferred_username, email and sub none will do")}.", "no-actor"));
        if (named is [var only] && !await accounts.IsKnownAsync(only, cancellation)) return (null, UnknownAccount);
        return (new(named, actor, isOperator ? Authority.Operator : Authority.OfActor), default);
    }

    private static Entry UnknownAccount => Entry.Forbidden("There is no such account.", "unknown-account");

    private async ValueTask<Entry> OfAsync(FoundInToken found, string account, DateTimeOffset until, CancellationToken cancellation) =>
        await accounts.IsKnownAsync(account, cancellation) ? Entry.In(new(account, found.Actor, found.Authority), until) : UnknownAccount;
}

/// <summary>What a token says of its owner.</summary>
internal sealed record FoundInToken(IReadOnlyList<string> Accounts, string Actor, Authority Authority);
