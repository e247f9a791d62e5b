using Npgsql;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild.Folds;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// The next generation of some read models, from nothing to the moment it is as far as the one that answers. Each step is
/// one transaction together with its mark in the job, so that whoever goes on with the job begins where it ended.
/// </summary>
internal sealed class Generation(Databases databases, RebuildJob job, IReadOnlyList<RebuildModel> models, RebuildProgress progress)
{
    public const long UsualEventsAtOnce = 2_000_000;

    /// <summary>What is left for the moment in which nobody else may write.</summary>
    private const int PageSize = 2_000;

    private const string ShardProgress = $"select coalesce((select last_seq_id from events.mt_event_progression where name = '{ReadModelProjection.ProjectionName}:All'), 0)";

    private readonly HashSet<string> _tables = [.. models.SelectMany(model => model.Tables)];
    private readonly string[] _hashes = [.. models.Select(model => model.ScriptHash)];
    private RebuildMark _mark = job.Mark;

    public IReadOnlyList<RebuildModel> Models => models;

    public RebuildJob Job => job;

    public IReadOnlySet<string> Tables => _tables;

    /// <summary>Accounts are folded together up to so many events; what an account has to keep in memory grows with what is alive in it.</summary>
    public long EventsAtOnce { get; init; } = UsualEventsAtOnce;

    public long Reached => _mark.Reached ?? 0;

    public async Task FillAsync(CancellationToken cancellation)
    {
        // Tables that another release made have another form; the lists are in the order of the models.
        if (!_mark.ScriptHashes.SequenceEqual(_hashes, StringComparer.Ordinal)) _mark = RebuildMark.None;
        if (_mark.Until is null) await PrepareAsync(cancellation);
        if (_mark.Reached is null) await ReadAsync(cancellation);
        progress.Phase = RebuildPhases.CatchingUp;
        while (await CatchUpAsync(cancellation))
        {
        }
    }

    /// <summary>Brings in all that is left while no page is under way; returns the transaction that did.</summary>
    public async Task<string> CatchUpWhollyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var until = await ProgressOfShardAsync(connection, cancellation);
        var reached = Reached;
        while (reached < until) reached = await ApplyAsync(connection, reached, until, PageSize, cancellation);
        await MarkAsync(connection, _mark with { Reached = reached }, cancellation);
        await using var current = new NpgsqlCommand("select pg_current_xact_id()::text", connection);
        var id = (string)(await current.ExecuteScalarAsync(cancellation))!;
        await transaction.CommitAsync(cancellation);
        return id;
    }

    private async Task<long> ApplyAsync(NpgsqlConnection writer, long after, long until, int atMost, CancellationToken cancellation)
    {
        var events = new List<Recorded>();
        await using var reader = await databases.Shared.OpenConnectionAsync(cancellation);
        return await Task.Run(
            () =>
            {
                var last = StoredEvents.Read(reader, Range(after, until) with { AtMost = atMost }, events.Add, cancellation);
                if (events.Count > 0) PagedFold.PageOf(events, models, _tables).Run(writer);
                return events.Count < atMost ? until : last;
            },
            cancellation);
    }

    /// <summary>Whether the new tables are as far as the projection says it is now.</summary>
    public async Task<bool> IsUpToDateAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        await ProgressOfShardAsync(connection, cancellation) == Reached;

    private static async Task<long> ProgressOfShardAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(ShardProgress, connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var bulk = models.Where(model => model.Fold is not null).SelectMany(model => model.Tables).ToList();
        var define = await NextTables.MakeAsync(connection, models, bulk, cancellation);
        var until = await ProgressOfShardAsync(connection, cancellation);
        await MarkAsync(connection, _mark with { Until = until, LeftToDefine = define, ScriptHashes = _hashes }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>One pass over the events for all models, a group of accounts after another, and the indexes after the rows.</summary>
    private async Task ReadAsync(CancellationToken cancellation)
    {
        progress.Phase = RebuildPhases.Reading;
        await using var reader = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var writer = await databases.Shared.OpenConnectionAsync(cancellation);
        var types = TypesWanted();
        var all = Range(0, _mark.Until!.Value) with { Types = types };
        var accounts = await AccountsAsync(reader, cancellation);
        progress.EventsTotal = accounts.Sum(account => account.Events);
        // Groups are made of where accounts are by now: after a stop they are others than before, and none may hold what is done.
        var done = _mark.AccountsDone.ToHashSet(StringComparer.Ordinal);
        progress.Read(accounts.Where(account => done.Contains(account.AccountId)).Sum(account => account.Events));
        var groups = GroupsOf([.. accounts.Where(account => !done.Contains(account.AccountId))]).ToList();
        var inOneGo = groups.Count == 1 && done.Count == 0;
        foreach (var group in groups)
        {
            var names = group.Select(account => account.AccountId).ToList();
            await using var transaction = await writer.BeginTransactionAsync(cancellation);
            await FoldAsync(reader, writer, inOneGo ? all : all with { Accounts = names }, cancellation);
            await MarkAsync(writer, _mark with { AccountsDone = [.. _mark.AccountsDone, .. names] }, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        await DefineAsync(writer, cancellation);
    }

    private Task FoldAsync(NpgsqlConnection reader, NpgsqlConnection writer, EventRange range, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var folds = Folds(page => page.Run(writer));
            var tables = folds.SelectMany(fold => fold.Tables).ToList();
            var unsaid = 0;
            StoredEvents.Read(
                reader,
                range with { Whole = folds.Any(fold => fold.WantsWhole) },
                recorded =>
                {
                    foreach (var fold in folds) fold.Add(recorded);
                    if (++unsaid < 256) return;
                    progress.Read(unsaid);
                    unsaid = 0;
                    foreach (var table in tables.Where(table => table.IsFull)) table.Flush(writer);
                },
                cancellation);
            progress.Read(unsaid);
            foreach (var fold in folds) fold.Complete();
            foreach (var table in tables) table.Flush(writer);
        },
        cancellation);

    private async Task DefineAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        (progress.Phase, progress.EventsTotal) = (RebuildPhases.Indexing, progress.EventsRead);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await NextTables.ExecuteAsync(connection, "set local maintenance_work_mem = '128MB'", cancellation);
        foreach (var statement in _mark.LeftToDefine) await NextTables.ExecuteAsync(connection, statement, cancellation);
        await NextTables.ExecuteAsync(connection, $"analyze {string.Join(", ", _tables.Select(table => $"{NextTables.Schema}.{table}"))}", cancellation);
        await MarkAsync(connection, _mark with { Reached = _mark.Until, LeftToDefine = [] }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>A page more of what has happened meanwhile; false when what is left is less than that.</summary>
    private async Task<bool> CatchUpAsync(CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        var until = await ProgressOfShardAsync(connection, cancellation);
        if (until - Reached < PageSize) return false;
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var reached = await ApplyAsync(connection, Reached, until, PageSize, cancellation);
        await MarkAsync(connection, _mark with { Reached = reached }, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private EventRange Range(long after, long until) => new(after, until) { Accounts = job.AccountId is { } account ? [account] : null };

    private List<IFold> Folds(Action<NextPage> run)
    {
        var paged = models.Where(model => model.Fold is null).ToList();
        List<IFold> folds = [.. models.Where(model => model.Fold is not null).Select(model => model.Fold!())];
        if (paged.Count > 0) folds.Add(new PagedFold(paged, run));
        return folds;
    }

    /// <summary>Null when one of the models looks at all of them, or at what it does not say.</summary>
    private HashSet<Type>? TypesWanted() =>
        models.Any(model => model.Fold is null) ? null : [.. Folds(static _ => { }).SelectMany(fold => fold.Events)];

    /// <summary>How many events each account has: not counted, which would be a pass of its own, but told by its position. That is a few more than are read.</summary>
    private async Task<List<(string AccountId, long Events)>> AccountsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var accounts = new List<(string, long)>();
        await using var positions = new NpgsqlCommand("select account_id, position from process_deployment.account where position > 0 and account_id = coalesce($1, account_id) order by 1", connection);
        positions.Parameters.Add(new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)job.AccountId ?? DBNull.Value });
        await using var rows = await positions.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) accounts.Add((rows.GetString(0), rows.GetInt64(1)));
        return accounts;
    }

    private IEnumerable<List<(string AccountId, long Events)>> GroupsOf(List<(string AccountId, long Events)> accounts)
    {
        var (group, events) = (new List<(string, long)>(), 0L);
        foreach (var account in accounts)
        {
            if (group.Count > 0 && events + account.Events > EventsAtOnce)
            {
                yield return group;
                (group, events) = ([], 0);
            }

            group.Add(account);
            events += account.Events;
        }

        if (group.Count > 0) yield return group;
    }

    private async Task MarkAsync(NpgsqlConnection connection, RebuildMark mark, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "update process_deployment.rebuild_job set until_sequence = $2, reached_sequence = $3, accounts_done = $4, left_to_define = $5, script_hashes = $6 where job_id = $1 and status = 'running' and runner = $7", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = job.JobId });
        command.Parameters.AddWithValue((object?)mark.Until ?? DBNull.Value);
        command.Parameters.AddWithValue((object?)mark.Reached ?? DBNull.Value);
        command.Parameters.Add(Parameters.Array([.. mark.AccountsDone]));
        command.Parameters.Add(Parameters.Array([.. mark.LeftToDefine]));
        command.Parameters.Add(Parameters.Array([.. mark.ScriptHashes]));
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = job.Runner });
        if (await command.ExecuteNonQueryAsync(cancellation) != 1) throw RebuildException.OfAnother(job.JobId);
        _mark = mark;
    }
}
