using Npgsql;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// Puts the next generation in the place of the one that answers. While no page of the projection is under way, the last
/// events are brought in, so that the new tables are exactly as far as the projection says it is; then the tables change
/// places in one transaction. Questions wait for milliseconds. Who cannot be waited for is not: it is tried again.
/// </summary>
internal sealed class Switch(Databases databases, ILogger log)
{
    private const int Attempts = 300;

    private const string Views = """
        select distinct v.oid::regclass::text, pg_get_viewdef(v.oid), v.relowner::regrole::text
        from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class v on v.oid = r.ev_class and v.relkind = 'v'
        where d.refclassid = 'pg_class'::regclass and d.refobjid = any($1::regclass[])
        """;

    /// <summary>Looks for earlier readers at most this often, every few milliseconds, while nobody waits for it.</summary>
    private const int Looks = 300;

    /// <summary>And so often while pages wait, questions do not.</summary>
    private const int LooksInside = 20;

    /// <summary>
    /// Exchanging tables is seen at once, rows only by those who began later: to anybody who began before, the new tables
    /// would lack rows. The page of the projection that waits for our lock is none of those: it has not looked yet.
    /// </summary>
    private const string Earlier = """
        select exists (
            select from pg_stat_activity
            where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
                and wait_event is distinct from 'advisory'
                and backend_xmin is not null and age(backend_xmin) >= age(($1::xid8)::xid))
        """;

    /// <summary>Those who ask meanwhile wait behind it, so it does not wait long itself.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public async Task RunAsync(Generation next, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                if (await TryAsync(next, cancellation)) return;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                log.LogDebug(e, "The tables are in use; exchanging them is tried again");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(20 * attempt, LongestPause.TotalMilliseconds)), cancellation);
        }

        throw new RebuildException("Somebody reads the tables and does not come to an end, so that they could not be exchanged. Go on with the job when that is over.");
    }

    /// <summary>False when somebody is at work who began before the last events were brought in.</summary>
    private async Task<bool> TryAsync(Generation next, CancellationToken cancellation)
    {
        await using var connection = await databases.OpenSessionAsync(cancellation);
        // Of one account rows are exchanged, and who began before goes on seeing the former ones.
        var exchangesTables = next.Job.AccountId is null;
        if (exchangesTables && !await NobodyIsEarlierAsync(connection, await TransactionAsync(connection, cancellation), Looks, cancellation)) return false;
        await NextTables.ExecuteAsync(connection, $"set lock_timeout = '5s'; select pg_advisory_lock({PageSql.Lock}); set lock_timeout = '200ms'", cancellation);
        var last = await next.CatchUpWhollyAsync(connection, cancellation);
        if (exchangesTables && !await NobodyIsEarlierAsync(connection, last, LooksInside, cancellation)) return false;
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // A page that does not know of the advisory lock, as that of another release, has written to the tables, or waits for them.
        await NextTables.ExecuteAsync(connection, $"lock table {string.Join(", ", next.Tables.Order(StringComparer.Ordinal).Select(table => $"process_deployment.{table}"))} in {(exchangesTables ? "access exclusive" : "share row exclusive")} mode", cancellation);
        if (!await next.IsUpToDateAsync(connection, cancellation)) return false;
        await RefuseAnotherFormAsync(connection, next, cancellation);
        if (next.Job.AccountId is { } accountId) await PutRowsAsync(connection, next.Tables, accountId, cancellation);
        else await PutTablesAsync(connection, next.Tables, cancellation);
        await using (var done = new NpgsqlCommand($"update process_deployment.rebuild_job set reached_sequence = {RebuildMark.Exchanged} where job_id = $1 and status = 'running' and runner = $2", connection))
        {
            done.Parameters.AddWithValue(next.Job.JobId);
            done.Parameters.AddWithValue(next.Job.Runner);
            if (await done.ExecuteNonQueryAsync(cancellation) != 1) throw RebuildException.OfAnother(next.Job.JobId);
        }

        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>With the tables locked, nobody can apply a script to them: what is listed now is their form.</summary>
    private static async Task RefuseAnotherFormAsync(NpgsqlConnection connection, Generation next, CancellationToken cancellation)
    {
        var models = next.Models.Where(model => model.Form is null).ToList();
        await using var command = new NpgsqlCommand(
            """
            select string_agg(ours.name, ', ' order by ours.name) from unnest($1, $2) as ours (name, hash)
            where not exists (select from process_deployment.applied_script applied where applied.name = ours.name and applied.hash = ours.hash)
            """,
            connection);
        command.Parameters.Add(Parameters.Array([.. models.Select(model => model.Script)]));
        command.Parameters.Add(Parameters.Array([.. models.Select(model => model.ScriptHash)]));
        if (await command.ExecuteScalarAsync(cancellation) is string others)
            throw new RebuildException($"Another release has given its form to the tables of {others}. Rebuild them with an engine of that release.");
    }

    /// <summary>A transaction of now: whoever is older than it began before.</summary>
    private static async Task<string> TransactionAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var current = new NpgsqlCommand("select pg_current_xact_id()::text", connection);
        return (string)(await current.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<bool> NobodyIsEarlierAsync(NpgsqlConnection connection, string transaction, int looks, CancellationToken cancellation)
    {
        await using var earlier = new NpgsqlCommand(Earlier, connection);
        earlier.Parameters.Add(Parameters.Value(transaction));
        for (var look = 1; (bool)(await earlier.ExecuteScalarAsync(cancellation))!; look++)
        {
            if (look == looks) return false;
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellation);
        }

        return true;
    }

    /// <summary>Indexes and keys move along with their tables; views stay with the tables they were made on, so they are made again.</summary>
    private static async Task PutTablesAsync(NpgsqlConnection connection, IReadOnlySet<string> tables, CancellationToken cancellation)
    {
        var views = await ViewsOnAsync(connection, tables, cancellation);
        var statements = new List<string>();
        statements.AddRange(views.Select(view => $"drop view {view.Name}"));
        foreach (var table in tables.Order(StringComparer.Ordinal))
        {
            statements.Add($"drop table process_deployment.{table}");
            statements.Add($"alter table {NextTables.Schema}.{table} set schema process_deployment");
        }

        statements.AddRange(views.SelectMany(view => (string[])[$"create view {view.Name} as {view.Definition}", $"alter view {view.Name} owner to {view.Owner}"]));
        await NextTables.ExecuteAsync(connection, string.Join("; ", statements.Select(statement => statement.TrimEnd(';'))), cancellation);
    }

    /// <summary>Of one account the rows change places, since its tables are everybody's.</summary>
    public static async Task PutRowsAsync(NpgsqlConnection connection, IEnumerable<string> tables, string accountId, CancellationToken cancellation)
    {
        foreach (var table in tables.Order(StringComparer.Ordinal))
        {
            await using var columns = new NpgsqlCommand("select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped", connection);
            columns.Parameters.Add(Parameters.Value($"{NextTables.Schema}.{table}"));
            var list = (string)(await columns.ExecuteScalarAsync(cancellation))!;
            await using var put = new NpgsqlBatch(connection)
            {
                Timeout = 3_600,
                BatchCommands = { new($"delete from process_deployment.{table} where account_id = $1"), new($"insert into process_deployment.{table} ({list}) select {list} from {NextTables.Schema}.{table} where account_id = $1") },
            };
            foreach (var command in put.BatchCommands) command.Parameters.Add(Parameters.Value(accountId));
            await put.ExecuteNonQueryAsync(cancellation);
        }

        await NextTables.DropAsync(connection, cancellation);
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
