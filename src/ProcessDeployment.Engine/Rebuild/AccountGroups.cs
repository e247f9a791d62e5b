using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>An account and how many events it has.</summary>
internal readonly record struct AccountEvents(string AccountId, long Events);

/// <summary>Accounts are folded whole, and as many at once as have so many events together.</summary>
internal static class AccountGroups
{
    /// <summary>Their events are not counted, which would be a pass of its own, but told by their positions. That is a few more than are read.</summary>
    private const string Sql = """
        select account_id, position from process_deployment.account where position > 0 and account_id = coalesce($1, account_id) order by 1
        """;

    /// <summary>Of one account, or with null of all.</summary>
    public static async Task<List<AccountEvents>> ReadAsync(NpgsqlConnection connection, string? accountId, CancellationToken cancellation)
    {
        var accounts = new List<AccountEvents>();
        await using var positions = new NpgsqlCommand(Sql, connection);
        positions.Parameters.Add(Parameters.Optional(accountId));
        await using var rows = await positions.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) accounts.Add(new(rows.GetString(0), rows.GetInt64(1)));
        return accounts;
    }

    public static IEnumerable<IReadOnlyList<string>> Of(IEnumerable<AccountEvents> accounts, long eventsAtOnce)
    {
        var (group, events) = (new List<string>(), 0L);
        foreach (var account in accounts)
        {
            if (group.Count > 0 && events + account.Events > eventsAtOnce)
            {
                yield return group;
                (group, events) = ([], 0);
            }

            group.Add(account.AccountId);
            events += account.Events;
        }

        if (group.Count > 0) yield return group;
    }
}
