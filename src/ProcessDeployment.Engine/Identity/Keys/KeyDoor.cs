using System.Security.Cryptography;
using System.Text;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Identity.Tokens;

namespace ProcessDeployment.Engine.Identity.Keys;

/// <summary>Lets programs in with a key. Looked up each time: a key that was revoked lets nobody in from the commit on, on every node.</summary>
internal sealed class KeyDoor(IApiKeys keys, KeyUses uses, Placement placement, TimeProvider time)
{
    public async ValueTask<Entry> EnterAsync(HttpContext context, string given)
    {
        var entry = await EnterAsync(given, context.RequestAborted);
        return entry.Who is { } who && context.Request.Headers[CallersOfTokens.Header] is [{ Length: > 0 } account] && account != who.Caller.AccountId
            ? Entry.Forbidden("The account in the header is not the one of this key.", "account-not-yours")
            : entry;
    }

    public async ValueTask<Entry> EnterAsync(string given, CancellationToken cancellation)
    {
        // Only somebody who signs in comes here with such a key: requests are handed on before.
        if (ApiKeyText.TryParse(given, out var key) && placement.Elsewhere(key.AccountId) is { } home) return Entry.Forbidden($"This account is in the home {home.Name}: come in at {home.Url}", "account-elsewhere");
        if (key is null || await keys.FindAsync(key.AccountId, key.KeyId, cancellation) is not { } kept || !Fits(key, kept))
            return Entry.Unknown("This key is not known: it was never issued or was revoked.", "key-unknown");
        if (kept.ExpiresAt <= time.GetUtcNow()) return Entry.Unknown($"This key was good until {kept.ExpiresAt:u}.", "key-expired");
        uses.Note(key.AccountId, key.KeyId);
        return Entry.In(new(key.AccountId, $"key:{kept.Name}", Authority.OfKey(key.KeyId)), kept.ExpiresAt);
    }

    /// <summary>Whether somebody who came in with it once may stay.</summary>
    public async ValueTask<bool> IsGoodAsync(string accountId, Guid keyId, CancellationToken cancellation) =>
        await keys.FindAsync(accountId, keyId, cancellation) is { } kept && !(kept.ExpiresAt <= time.GetUtcNow());

    private static bool Fits(ApiKeyText key, KeptKey kept) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key.Hash), Encoding.ASCII.GetBytes(kept.SecretHash));
}
