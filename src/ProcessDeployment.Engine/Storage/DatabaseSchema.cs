using Npgsql;

namespace ProcessDeployment.Engine.Storage;

/// <summary>
/// The tables that are ours. Each script can be run again; they run in the order of their names, one node at a time, and
/// only when they changed: even a statement that has nothing to do locks what others are using at that moment. Each says its revision,
/// which goes up with every change: a node that starts again during a rolling upgrade leaves alone what a newer one has made.
/// </summary>
public static class DatabaseSchema
{
    private const long Lock = 0x70726f63_6465706c;
    private const int Attempts = 10;

    /// <summary>What must exist before Marten makes its own tables.</summary>
    public static Task CreateSchemasAsync(NpgsqlDataSource database, CancellationToken cancellation) => RunAsync(
        database,
        """
        create schema if not exists process_deployment;
        create schema if not exists events;
        create table if not exists process_deployment.applied_script (
            name text primary key, hash text not null, applied_at timestamptz not null default now());
        alter table process_deployment.applied_script add column if not exists revision int not null default 1;
        """,
        cancellation);

    /// <summary>Makes every table, index and function of ours that is not there yet.</summary>
    public static Task ApplyAsync(NpgsqlDataSource database, CancellationToken cancellation) => ApplyAsync(database, SchemaScript.All(), cancellation);

    /// <summary>The scripts that were not applied yet, or in an older form.</summary>
    public static async Task<IReadOnlyList<string>> DueAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        try
        {
            var applied = await AppliedAsync(database, cancellation);
            return [.. SchemaScript.All().Where(script => script.IsDue(applied.GetValueOrDefault(script.Name))).Select(script => script.Name)];
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InsufficientPrivilege)
        {
            return [.. SchemaScript.All().Select(script => script.Name)];
        }
    }

    internal static async Task ApplyAsync(NpgsqlDataSource database, IEnumerable<SchemaScript> scripts, CancellationToken cancellation)
    {
        var applied = await AppliedAsync(database, cancellation);
        foreach (var script in scripts.Where(script => script.IsDue(applied.GetValueOrDefault(script.Name)))) await RunAsync(database, script.Guarded(), cancellation);
    }

    private static async Task<Dictionary<string, (string Hash, int Revision)>> AppliedAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var applied = new Dictionary<string, (string, int)>(StringComparer.Ordinal);
        await using var command = database.CreateCommand("select name, hash, revision from process_deployment.applied_script");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) applied[rows.GetString(0)] = (rows.GetString(1), rows.GetInt32(2));
        return applied;
    }

    /// <summary>"If not exists" still collides when two nodes start at once, so they take turns; with other nodes at work it may have to give way.</summary>
    private static async Task RunAsync(NpgsqlDataSource database, string sql, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = database.CreateCommand($"begin; set local lock_timeout = '2s'; select pg_advisory_xact_lock({Lock}); {sql} commit;");
                await command.ExecuteNonQueryAsync(cancellation);
                return;
            }
            catch (PostgresException e) when (e.SqlState == SchemaScript.Overtaken)
            {
                return;
            }
            catch (PostgresException e) when (attempt < Attempts && e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable)
            {
                // Whoever holds the lock is a node at work: it gets time to finish, more each time.
                await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), cancellation);
            }
        }
    }
}
