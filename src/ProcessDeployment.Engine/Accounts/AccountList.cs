using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Accounts;

/// <summary>The accounts (tenants) there are.</summary>
public sealed class AccountList(Databases databases, HomeOptions homes)
{
    /// <summary>What channels do for a new account before anybody is told that it exists.</summary>
    public Func<string, Task> Announce { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Makes an account; false when it was there already.</summary>
    /// <exception cref="ArgumentException">The name breaks the rule for account names.</exception>
    /// <exception cref="AccountAwayException">It is that of an account of another home.</exception>
    public async Task<bool> AddAsync(string accountId, CancellationToken cancellation = default)
    {
        if (!AccountIds.IsWellFormed(accountId)) throw new ArgumentException($"accountId {AccountIds.Rule}", nameof(accountId));
        if (homes.OtherOf(accountId) is { } other) throw new AccountAwayException(accountId, other.Name);
        await using var command = databases.Shared.CreateCommand("insert into process_deployment.account (account_id) values ($1) on conflict do nothing");
        command.Parameters.AddWithValue(accountId);
        if (await command.ExecuteNonQueryAsync(cancellation) == 0) return false;
        await Announce(accountId);
        return true;
    }

    public async Task<bool> IsKnownAsync(string accountId, CancellationToken cancellation = default)
    {
        await using var command = databases.Shared.CreateCommand("select exists (select from process_deployment.account where account_id = $1)");
        command.Parameters.AddWithValue(accountId);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Every account, by name.</summary>
    public async Task<IReadOnlyList<string>> AllAsync(CancellationToken cancellation = default)
    {
        var accounts = new List<string>();
        await using var command = databases.Shared.CreateCommand("select account_id from process_deployment.account order by 1");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) accounts.Add(rows.GetString(0));
        return accounts;
    }
}
