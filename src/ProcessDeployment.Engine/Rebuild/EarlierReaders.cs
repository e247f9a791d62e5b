using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// Exchanging tables is seen at once, rows only by those who began later: to anybody who began before the last events were
/// brought in, the new tables would lack rows.
/// </summary>
internal static class EarlierReaders
{
    /// <summary>The page of the projection that waits for the advisory lock is none of those: it has not looked yet.</summary>
    private const string Sql = """
        select exists (
            select from pg_stat_activity
            where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
                and wait_event is distinct from 'advisory'
                and backend_xmin is not null and age(backend_xmin) >= age(($1::xid8)::xid))
        """;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    /// <summary>A transaction of now: whoever is older than it began before.</summary>
    public static async Task<string> NowAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var current = new NpgsqlCommand("select pg_current_xact_id()::text", connection);
        return (string)(await current.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Looks so often whether all who began before that transaction are gone.</summary>
    public static async Task<bool> AreGoneAsync(NpgsqlConnection connection, string transaction, int looks, CancellationToken cancellation)
    {
        await using var earlier = new NpgsqlCommand(Sql, connection);
        earlier.Parameters.Add(Parameters.Value(transaction));
        for (var look = 1; (bool)(await earlier.ExecuteScalarAsync(cancellation))!; look++)
        {
            if (look == looks) return false;
            await Task.Delay(BetweenLooks, cancellation);
        }

        return true;
    }
}
