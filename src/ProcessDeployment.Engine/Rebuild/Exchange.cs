using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>New tables in the place of those that answer, or of one account new rows, within the transaction of the connection.</summary>
internal static class Exchange
{
    private const string Views = """
        select distinct v.oid::regclass::text, pg_get_viewdef(v.oid), v.relowner::regrole::text
        from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class v on v.oid = r.ev_class and v.relkind = 'v'
        where d.refclassid = 'pg_class'::regclass and d.refobjid = any($1::regclass[])
        """;

    /// <summary>Indexes and keys move along with their tables; views stay with the tables they were made on, so they are made again.</summary>
    public static async Task TablesAsync(NpgsqlConnection connection, IReadOnlySet<string> tables, CancellationToken cancellation)
    {
        var views = await ViewsOnAsync(connection, tables, cancellation);
        var statements = new List<string>();
        statements.AddRange(views.Select(view => $"drop view {view.Name}"));
        foreach (var table in tables.Order(StringComparer.Ordinal))
        {
            statements.Add($"drop table process_deployment.{table}");
            statements.Add($"alter table {NextTables.Schema}.{table} reset (autovacuum_enabled)");
            statements.Add($"alter table {NextTables.Schema}.{table} set schema process_deployment");
        }

        statements.AddRange(views.SelectMany(view => (string[])[$"create view {view.Name} as {view.Definition}", $"alter view {view.Name} owner to {view.Owner}"]));
        await NextTables.ExecuteAsync(connection, string.Join("; ", statements.Select(statement => statement.TrimEnd(';'))), cancellation);
    }

    /// <summary>Of one account the rows change places, since its tables are everybody's.</summary>
    public static async Task RowsAsync(NpgsqlConnection connection, string schema, IEnumerable<string> tables, string accountId, CancellationToken cancellation)
    {
        await CopyAsync(connection, tables, schema, "process_deployment", [accountId], cancellation);
        await NextTables.DropAsync(connection, schema, cancellation);
    }

    /// <summary>Rows of these accounts as they are in one schema take the place of theirs in the other.</summary>
    public static async Task CopyAsync(NpgsqlConnection connection, IEnumerable<string> tables, string from, string to, string[] accounts, CancellationToken cancellation)
    {
        foreach (var table in tables.Order(StringComparer.Ordinal))
        {
            var columns = await NextTables.ColumnsAsync(connection, from == "process_deployment" ? to : from, table, cancellation);
            await using var copy = new NpgsqlBatch(connection)
            {
                Timeout = 3_600,
                BatchCommands =
                {
                    new($"delete from {to}.{table} where account_id = any($1)"),
                    new($"insert into {to}.{table} ({columns}) select {columns} from {from}.{table} where account_id = any($1)"),
                },
            };
            foreach (var command in copy.BatchCommands) command.Parameters.Add(Parameters.Array(accounts));
            await copy.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static async Task<List<(string Name, string Definition, string Owner)>> ViewsOnAsync(NpgsqlConnection connection, IReadOnlySet<string> tables, CancellationToken cancellation)
    {
        var views = new List<(string, string, string)>();
        await using var command = new NpgsqlCommand(Views, connection);
        command.Parameters.Add(Parameters.Array([.. tables.Select(table => $"process_deployment.{table}")]));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) views.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2)));
        return views;
    }
}
