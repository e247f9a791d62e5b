using System.Reflection;
using Npgsql;

namespace ProcessDeployment.Engine.Storage;

/// <summary>The tables that are ours. Each script can be run again; they run in the order of their names, one node at a time.</summary>
public static class DatabaseSchema
{
    private const long Lock = 0x70726f63_6465706c;

    /// <summary>What must exist before Marten makes its own tables.</summary>
    public static Task CreateSchemasAsync(NpgsqlDataSource database, CancellationToken cancellation) =>
        RunAsync(database, "create schema if not exists process_deployment; create schema if not exists events;", cancellation);

    /// <summary>Makes every table, index and function of ours that is not there yet.</summary>
    public static Task ApplyAsync(NpgsqlDataSource database, CancellationToken cancellation) =>
        RunAsync(database, string.Join('\n', Scripts()), cancellation);

    private static IEnumerable<string> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    /// <summary>"If not exists" still collides when two nodes start at once, so they take turns.</summary>
    private static async Task RunAsync(NpgsqlDataSource database, string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"begin; select pg_advisory_xact_lock({Lock}); {sql} commit;");
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
