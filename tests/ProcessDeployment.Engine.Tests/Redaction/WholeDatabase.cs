using Npgsql;

namespace ProcessDeployment.Engine.Tests.Redaction;

/// <summary>Looks for a text everywhere.</summary>
internal static class WholeDatabase
{
    /// <summary>
    /// The columns of the whole database in which a text stands, in rows of the account. Rows in a table without an account are
    /// looked at all; other tests write none that have it.
    /// </summary>
    public static async Task<List<string>> FoundAsync(this EngineFixture engine, string text, TestAccount account)
    {
        var columns = new List<(string Table, string Column, string Owner)>();
        await using (var command = engine.Owner.CreateCommand(
            """
            select format('%I.%I', c.table_schema, c.table_name), c.column_name, coalesce((
                select o.column_name from information_schema.columns o
                where o.table_schema = c.table_schema and o.table_name = c.table_name and o.column_name in ('account_id', 'tenant_id') limit 1), '')
            from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
            where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
                and (c.data_type in ('text', 'character varying', 'jsonb', 'json', 'bytea', 'ARRAY'))
            """))
        await using (var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await rows.ReadAsync(TestContext.Current.CancellationToken)) columns.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2)));
        }

        columns.Count.ShouldBeGreaterThan(100);
        var found = new List<string>();
        foreach (var (table, column, owner) in columns)
        {
            await using var command = engine.Owner.CreateCommand(
                $"""
                select exists (select from {table} t where {(owner.Length == 0 ? "true" : $"t.{owner} = $2")} and (
                    strpos(lower(t.{column}::text), lower($1)) > 0 or strpos(t.{column}::text, encode(convert_to($1, 'UTF8'), 'hex')) > 0)) and $2 <> ''
                """);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = account.Name });
            try
            {
                if ((bool)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!) found.Add($"{table}.{column}");
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                // Of a rebuild that another test began, and that has ended meanwhile.
            }
        }

        return found;
    }
}
