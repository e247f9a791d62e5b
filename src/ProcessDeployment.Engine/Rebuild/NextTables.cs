using System.Text.RegularExpressions;
using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// The tables of the next generation: made by the same scripts as those that answer, in a schema beside them, and filled
/// before they get their keys and indexes.
/// </summary>
internal static partial class NextTables
{
    /// <summary>Of a job that is about all accounts; those about one have theirs beside it.</summary>
    public const string Schema = "process_deployment_next";

    /// <summary>Of what is made beside the scripts: who goes on with a job knows what to undo when the tables take their place.</summary>
    public const string Form = "without-autovacuum";

    private const string Defined = """
        select format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)),
            format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname)
        from pg_constraint c where c.conrelid = any($1::regclass[]) and c.contype = 'p'
        union all
        select pg_get_indexdef(i.indexrelid), format('drop index %s', i.indexrelid::regclass)
        from pg_index i where i.indrelid = any($1::regclass[]) and not i.indisprimary
        """;

    /// <summary>Makes them, empty. Returns what defines the keys and indexes of those that are filled in bulk, which have none yet.</summary>
    public static async Task<IReadOnlyList<string>> MakeAsync(
        NpgsqlConnection connection, string schema, IReadOnlyList<RebuildModel> models, IReadOnlyList<string> filledInBulk, CancellationToken cancellation)
    {
        await DropAsync(connection, schema, cancellation);
        var scripts = SchemaScript.All().ToDictionary(script => script.Name, StringComparer.Ordinal);
        var tables = models.SelectMany(model => model.Tables).ToHashSet(StringComparer.Ordinal);
        foreach (var statement in models.SelectMany(model => Statements(model.Form ?? scripts[model.Script].Sql)).Where(statement => tables.Contains(TableOf(statement))))
            await ExecuteAsync(connection, statement.Replace("process_deployment.", $"{schema}.", StringComparison.Ordinal), cancellation);
        foreach (var table in tables) await ExecuteAsync(connection, Owned(schema, table), cancellation);
        // Whoever exchanges tables would wait for a vacuum of theirs, and questions behind him: they are analysed as part of the job.
        foreach (var table in filledInBulk) await ExecuteAsync(connection, $"alter table {schema}.{table} set (autovacuum_enabled = false)", cancellation);
        return await UndefineAsync(connection, schema, filledInBulk, cancellation);
    }

    /// <summary>Takes away what is left of a rebuild that nobody goes on with.</summary>
    public static async Task DropAsync(NpgsqlConnection connection, string schema, CancellationToken cancellation)
    {
        var left = new List<string>();
        await using (var command = new NpgsqlCommand("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = $1", connection))
        {
            command.Parameters.AddWithValue(schema);
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation)) left.Add(rows.GetString(0));
        }

        if (left.Count > 0) await ExecuteAsync(connection, $"drop table {string.Join(", ", left)}", cancellation);
    }

    /// <summary>The columns of a table, as a list.</summary>
    public static async Task<string> ColumnsAsync(NpgsqlConnection connection, string schema, string table, CancellationToken cancellation)
    {
        await using var columns = new NpgsqlCommand("select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''", connection);
        columns.Parameters.Add(Parameters.Value($"{schema}.{table}"));
        return (string)(await columns.ExecuteScalarAsync(cancellation))!;
    }

    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<IReadOnlyList<string>> UndefineAsync(NpgsqlConnection connection, string schema, IReadOnlyList<string> tables, CancellationToken cancellation)
    {
        var (define, undefine) = (new List<string>(), new List<string>());
        await using (var command = new NpgsqlCommand(Defined, connection))
        {
            command.Parameters.Add(Parameters.Array([.. tables.Select(table => $"{schema}.{table}")]));
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation)) (define, undefine) = ([.. define, rows.GetString(0)], [.. undefine, rows.GetString(1)]);
        }

        foreach (var statement in undefine) await ExecuteAsync(connection, statement, cancellation);
        return define;
    }

    /// <summary>Whose the tables are that answer, theirs are these: not that of the login that happens to rebuild them.</summary>
    private static string Owned(string schema, string table) => $"""
        do $owned$ declare owner regrole; begin
            select relowner into owner from pg_class where oid = 'process_deployment.{table}'::regclass;
            if owner <> current_user::regrole then execute format('alter table {schema}.{table} owner to %s', owner); end if;
        end $owned$
        """;

    /// <summary>Scripts are lists of statements that end a line with a semicolon; in comments no line does.</summary>
    private static IEnumerable<string> Statements(string script) =>
        EndOfStatement().Split(Comment().Replace(script, "")).Select(statement => statement.Trim()).Where(statement => statement.Length > 0);

    /// <summary>What a statement makes a table or an index of; nothing for views, which are made when the tables are in their place.</summary>
    private static string TableOf(string statement) => Made().Match(statement) is { Success: true } made ? made.Groups["table"].Value : "";

    [GeneratedRegex(@"^(create table|create (unique )?index|alter table)\b[\s\S]*?\bprocess_deployment\.(?<table>[a-z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Made();

    [GeneratedRegex(@"^\s*--.*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@";\s*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndOfStatement();
}
