using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace ProcessDeployment.Engine.Storage;

/// <summary>
/// The tables that are ours. Each script can be run again; they run in the order of their names, one node at a time, and
/// only when they changed: even a statement that has nothing to do locks what others are using at that moment.
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
        """,
        cancellation);

    /// <summary>Makes every table, index and function of ours that is not there yet.</summary>
    public static async Task ApplyAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var applied = await AppliedAsync(database, cancellation);
        foreach (var (name, sql, hash) in Scripts().Where(script => !applied.Contains((script.Name, script.Hash))))
        {
            await RunAsync(
                database,
                $"""
                {sql}
                insert into process_deployment.applied_script (name, hash) values ('{name}', '{hash}')
                on conflict (name) do update set hash = excluded.hash, applied_at = excluded.applied_at;
                """,
                cancellation);
        }
    }

    private static async Task<HashSet<(string Name, string Hash)>> AppliedAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var applied = new HashSet<(string, string)>();
        await using var command = database.CreateCommand("select name, hash from process_deployment.applied_script");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) applied.Add((rows.GetString(0), rows.GetString(1)));
        return applied;
    }

    private static IEnumerable<(string Name, string Sql, string Hash)> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var sql = reader.ReadToEnd();
            yield return (name, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
        }
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
            catch (PostgresException e) when (attempt < Attempts && e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), cancellation);
            }
        }
    }
}
