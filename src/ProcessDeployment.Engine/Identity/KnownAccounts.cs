using System.Collections.Concurrent;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Homes;

namespace ProcessDeployment.Engine.Identity;

/// <summary>Which accounts there are, here or in another home. None goes away, so each is looked up once.</summary>
internal sealed class KnownAccounts(AccountList accounts, Placement placement)
{
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    public async ValueTask<bool> IsKnownAsync(string account, CancellationToken cancellation)
    {
        if (_known.ContainsKey(account) || placement.Elsewhere(account) is not null) return true;
        return AccountIds.IsWellFormed(account) && await accounts.IsKnownAsync(account, cancellation) && (_known.TryAdd(account, value: true) || true);
    }
}
