using System.Globalization;
using ProcessDeployment.Engine.Identity.Keys;

namespace ProcessDeployment.Engine.Access;

/// <summary>The keys that commands made and did not take back.</summary>
internal sealed class ApiKeysOfAccounts(KnownAccess known) : IApiKeys
{
    public async ValueTask<KeptKey?> FindAsync(string accountId, Guid keyId, CancellationToken cancellation) =>
        (await known.OfAsync(accountId, cancellation)).Keys.TryGetValue(keyId, out var key) && key.SecretHash is { } hash
            ? new(keyId, key.Name, hash, key.ExpiresAt is { } end ? DateTimeOffset.Parse(end, CultureInfo.InvariantCulture) : null)
            : null;
}
