using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>Which columns the tables of this release have that a row brings along: not those that PostgreSQL or each home fills by itself.</summary>
internal static class ColumnsOfTables
{
    private const string Sql = """
        select c.relname, a.attname, a.attnotnull and not a.atthasdef
        from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        where n.nspname || '.' || c.relname = any($1) and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
        order by c.relname, a.attnum
        """;

    /// <summary>By the names of the tables.</summary>
    public static async Task<IReadOnlyDictionary<string, List<TableColumn>>> ReadAsync(NpgsqlConnection connection, IReadOnlyList<TakenTable> tables, CancellationToken cancellation)
    {
        var numbered = tables.ToDictionary(table => table.Name, table => table.Numbered, StringComparer.Ordinal);
        var columns = tables.ToDictionary(table => table.Name, _ => new List<TableColumn>(), StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { Parameters.Array([.. tables.Select(table => table.InSql)]) } };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            if (numbered[row.GetString(0)] != row.GetString(1)) columns[row.GetString(0)].Add(new(row.GetString(1), row.GetBoolean(2)));
        }

        return columns;
    }

    /// <summary>As statements name it: some names are words of SQL.</summary>
    public static string Quoted(string column) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNeeded">Whether a row cannot be without it.</param>
internal sealed record TableColumn(string Name, bool IsNeeded);
