using Npgsql;
using ProcessDeployment.Engine.Rebuild.Folds;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// What decisions ought to look at, in temporary tables of one session, beside what they do look at: so that only rows on
/// which both differ are written, and commands wait for those alone.
/// </summary>
internal sealed class CurrentStateTables(NpgsqlConnection session)
{
    public const string Schema = "pg_temp";

    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>Each with the column that says what its rows are about, none where they are about the whole account, and what names them.</summary>
    private static readonly IReadOnlyList<(string Table, string? About, string Key)> All =
    [
        ("component_state", "component_id", "component_id"),
        ("component_dependency", "from_id", "from_id, to_id"),
        ("atom_state", "atom_id", "atom_id"),
        ("attachment_state", "process_id", "atom_id, process_id"),
        ("process_atom_state", "process_id", "process_id, atom_id"),
        ("execution_state", "execution_id", "execution_id"),
        ("environment_state", "environment_id", "environment_id"),
        ("environment_use_state", null, "account_id"),
        ("environment_atom_state", "atom_id", "environment_id, atom_id"),
        ("environment_process_state", "process_id", "environment_id, process_id"),
        ("webhook_state", "webhook_id", "webhook_id"),
        ("access_state", null, "kind, key"),
        ("access_use_state", null, "account_id"),
        ("process_version", "process_id", "process_id, version_number"),
        ("process_version_mark", "process_id", "process_id, version_number"),
        ("licence_state", null, "account_id"),
        ("licence_pool", null, "class, classification"),
        ("licence_holding", "process_id", "component_id, atom_id, class, process_id"),
    ];

    /// <summary>Of the account itself only what events tell is put right; it is locked, and nothing of it is taken away.</summary>
    private const string Account = """
        update process_deployment.account a set position = e.position, last_time = e.timestamp
        from (
            select (headers ->> 'position')::bigint as position, timestamp from events.mt_events
            where tenant_id = $1 and headers ->> 'position' is not null order by (headers ->> 'position')::bigint desc limit 1) e
        where a.account_id = $1 and (a.position, a.last_time) is distinct from (e.position, e.timestamp)
        """;

    public Task MakeAsync(CancellationToken cancellation) => NextTables.ExecuteAsync(
        session, $"set work_mem = '64MB'; {string.Join("; ", All.Select(state => $"create temporary table {state.Table} (like process_deployment.{state.Table})"))}", cancellation);

    public Task EmptyAsync(CancellationToken cancellation) =>
        NextTables.ExecuteAsync(session, $"truncate {string.Join(", ", All.Select(state => Ought(state.Table)))}", cancellation);

    /// <summary>Adds the rows of a fold.</summary>
    public void Fill(CurrentStateFold fold)
    {
        fold.Complete();
        foreach (var table in fold.Tables) table.Flush(session);
    }

    /// <summary>Components, Atoms and environments of which rows are not as they ought to be.</summary>
    public async Task<HashSet<Guid>> DifferingAsync(string accountId, CancellationToken cancellation)
    {
        // Tables that just came to be: what there is in them is not known yet.
        await NextTables.ExecuteAsync(session, $"analyze {string.Join(", ", All.Select(state => Ought(state.Table)))}", cancellation);
        var differing = new HashSet<Guid>();
        await using var batch = new AccountBatch(session, accountId, Patience);
        foreach (var (table, about, _) in All.Where(state => state.About is not null))
        {
            batch.Query($"""
                select distinct {about} from (
                    (select * from {Held(table)} where account_id = $1 except select * from {Ought(table)})
                    union all
                    (select * from {Ought(table)} except select * from {Held(table)} where account_id = $1)) d
                """,
                row => differing.Add(row.GetGuid(0)));
        }

        await batch.RunAsync(cancellation);
        return differing;
    }

    /// <summary>Takes out what more has happened to, but for versions, which only become more.</summary>
    public async Task TakeOutAsync(string accountId, IReadOnlyCollection<Guid> touched, CancellationToken cancellation)
    {
        await using var batch = new AccountBatch(session, accountId, Patience);
        foreach (var (table, about, _) in All.Where(state => state.Table != "process_version"))
            batch.Execute($"delete from {Ought(table)} where account_id = $1 and {Concerns(about)}", Parameters.Array([.. touched]));
        await batch.RunAsync(cancellation);
    }

    /// <summary>Writes the rows that differ, of these components and Atoms, and of what is about the whole account.</summary>
    public async Task PutAsync(string accountId, IReadOnlyCollection<Guid> concerned, CancellationToken cancellation)
    {
        await using var batch = new AccountBatch(session, accountId, Patience);
        batch.Execute(Account);
        foreach (var (table, about, key) in All)
        {
            var (held, ought) = ($"select * from {Held(table)} where account_id = $1 and {Concerns(about)}", $"select * from {Ought(table)} where account_id = $1 and {Concerns(about)}");
            batch.Execute($"delete from {Held(table)} where account_id = $1 and ({key}) in (select {key} from ({held} except {ought}) surplus)", Parameters.Array([.. concerned]));
            batch.Execute($"insert into {Held(table)} {ought} except {held}", Parameters.Array([.. concerned]));
        }

        await batch.RunAsync(cancellation);
    }

    private static string Held(string table) => $"process_deployment.{table}";

    private static string Ought(string table) => $"{Schema}.{table}";

    private static string Concerns(string? about) => about is null ? "$2::uuid[] is not null" : $"{about} = any($2)";
}
