using System.Globalization;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Identity.Keys;

namespace ProcessDeployment.Engine.Access;

/// <summary>The keys that commands made and did not take back.</summary>
internal sealed class ApiKeysOfAccounts(KnownAccess known, AccessOfRequest request) : IApiKeys
{
    public async ValueTask<KeptKey?> FindAsync(string accountId, Guid keyId, CancellationToken cancellation) => Of(await known.OfAsync(accountId, cancellation), keyId);

    public async ValueTask<KeptKey?> FindAsync(HttpContext context, string accountId, Guid keyId, Predicate<KeptKey> fits)
    {
        var seen = await request.OfAsync(context, accountId);
        var key = Of(seen.Access, keyId);
        // One that was issued since is not among those that are remembered.
        return seen.FromMemory && (key is null || !fits(key)) ? Of((await request.AfreshAsync(context, accountId)).Access, keyId) : key;
    }

    private static KeptKey? Of(AccessState access, Guid keyId) => access.Keys.TryGetValue(keyId, out var key) && key.SecretHash is { } hash
        ? new(keyId, key.Name, hash, key.ExpiresAt is { } end ? DateTimeOffset.Parse(end, CultureInfo.InvariantCulture) : null)
        : null;
}
