using System.Security.Cryptography;
using System.Text;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Identity.Tokens;

namespace ProcessDeployment.Engine.Identity.Keys;

/// <summary>Lets programs in with a key. Looked up each time, or looked at again under the account's lock: a key that was revoked lets nobody in from the commit on, on every node.</summary>
internal sealed class KeyDoor(IApiKeys keys, KeyUses uses, Placement placement, TimeProvider time)
{
    internal static readonly Entry NotKnown = Entry.Unknown("This key is not known: it was never issued or was revoked.", "key-unknown");

    public async ValueTask<Entry> EnterAsync(HttpContext context, string given)
    {
        var entry = ApiKeyText.TryParse(given, out var key) ? Enter(key, await keys.FindAsync(context, key.AccountId, key.KeyId, kept => Fits(key, kept))) : NotKnown;
        return entry.Who is { } who && context.Request.Headers[CallersOfTokens.Header] is [{ Length: > 0 } account] && account != who.Caller.AccountId
            ? Entry.Forbidden("The account in the header is not the one of this key.", "account-not-yours")
            : entry;
    }

    /// <summary>For somebody who signs in: other requests with a key of another home are handed on before.</summary>
    public async ValueTask<Entry> EnterAsync(string given, CancellationToken cancellation)
    {
        if (!ApiKeyText.TryParse(given, out var key)) return NotKnown;
        return placement.Elsewhere(key.AccountId) is { } home
            ? Entry.Forbidden($"This account is in the home {home.Name}: come in at {home.Url}", "account-elsewhere")
            : Enter(key, await keys.FindAsync(key.AccountId, key.KeyId, cancellation));
    }

    /// <summary>Whether somebody who came in with it once may stay.</summary>
    public async ValueTask<bool> IsGoodAsync(HttpContext context, string accountId, Guid keyId) =>
        await keys.FindAsync(context, accountId, keyId, static _ => true) is { } kept && !(kept.ExpiresAt <= time.GetUtcNow());

    private Entry Enter(ApiKeyText key, KeptKey? kept)
    {
        if (kept is null || !Fits(key, kept)) return NotKnown;
        if (kept.ExpiresAt <= time.GetUtcNow()) return Entry.Unknown($"This key was good until {kept.ExpiresAt:u}.", "key-expired");
        uses.Note(key.AccountId, key.KeyId);
        return Entry.In(new(key.AccountId, $"key:{kept.Name}", Authority.OfKey(key.KeyId)), kept.ExpiresAt);
    }

    private static bool Fits(ApiKeyText key, KeptKey kept) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key.Hash), Encoding.ASCII.GetBytes(kept.SecretHash));
}
