using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Ledger.Trees;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>
/// Events that have come, before they are in the store: with their position in the place of their number. What stands against
/// them is found while nobody waits; their numbers are drawn in the last statement, since the daemon waits for those that are drawn.
/// </summary>
internal sealed class StagedEvents(NpgsqlConnection connection, string accountId)
{
    public const string Table = "pg_temp.arriving_event";

    private static readonly string Redacted = $"e.type = '{WireNameAttribute.Of(typeof(PersonalDataRedacted))}'";

    /// <summary>What was sealed of events that were redacted since: each redaction says it, and all say the same.</summary>
    private static readonly string Originals = $"""
        select distinct on (1) (e.data ->> 'eventPosition')::bigint as position, decode(e.data ->> 'leafHash', 'hex') as leaf
        from {Table} e where e.tenant_id = $1 and {Redacted} order by 1, e.seq_id
        """;

    /// <summary>
    /// The first event of which a redaction says what it cannot: one that comes before it, one that tells of a redaction itself, one that
    /// is not as the last redaction left it, or one of which two redactions disagree. Without that a redaction could excuse any alteration.
    /// </summary>
    private static readonly string WronglyRedacted = $"""
        with told as (
            select (e.data ->> 'eventPosition')::bigint as position, e.seq_id as at, e.data ->> 'leafHash' as leaf, e.data ->> 'becomes' as becomes
            from {Table} e where e.tenant_id = $1 and {Redacted})
        select min(position) from (
            select t.position from told t left join {Table} e on e.seq_id = t.position where e.seq_id is null or t.at <= t.position or {Redacted}
            union all
            select t.position from (select distinct on (position) position, becomes from told order by position, at desc) t join {Table} e on e.seq_id = t.position
            where encode({LeafSql.Hash}, 'hex') is distinct from t.becomes
            union all
            select position from told group by position having count(distinct leaf) > 1) wrong
        """;

    private static readonly string Archived = $"select min(e.seq_id) from {Table} e where e.tenant_id = $1 and e.is_archived";

    private static readonly string Last = $"select max(e.timestamp) from {Table} e where e.tenant_id = $1 and e.seq_id = $2";

    private static readonly string Leaves = $"select coalesce(o.leaf, {LeafSql.Hash}) from {Table} e left join ({Originals}) o on o.position = e.seq_id where e.tenant_id = $1 order by e.seq_id";

    private static readonly string Unknown = $"""
        select min(e.seq_id), e.type from {Table} e where e.tenant_id = $1 and e.type <> all($2) and not exists (
            select from {Table} s where s.type = '{WireNameAttribute.Of(typeof(EventSkipped))}' and (s.data ->> 'eventPosition')::bigint = e.seq_id)
        group by e.type order by 1 limit 1
        """;

    private static readonly string RedactedSince = $"select min((e.data ->> 'eventPosition')::bigint) from {Table} e where e.tenant_id = $1 and {Redacted} and e.seq_id > $2 and (e.data ->> 'eventPosition')::bigint <= $2";

    private static readonly string KeepOriginals = $"insert into process_deployment.original_leaf (account_id, position, leaf) select $1, o.position, o.leaf from ({Originals}) o where o.position > $2 on conflict do nothing";

    public Task MakeAsync(CancellationToken cancellation) => RunAsync(batch => batch.Control("create temporary table arriving_event (like events.mt_events) on commit drop"), cancellation);

    /// <summary>Once all are there.</summary>
    public Task IndexAsync(CancellationToken cancellation) => RunAsync(
        batch =>
        {
            batch.Control($"create index on {Table} (seq_id)");
            batch.Control($"analyze {Table}");
        },
        cancellation);

    /// <exception cref="MoveException">This release cannot read one of them.</exception>
    public async Task DemandKnownTypesAsync(IEnumerable<string> known, CancellationToken cancellation)
    {
        (long Position, string Type)? unknown = null;
        await RunAsync(batch => batch.Query(Unknown, row => unknown = (row.GetInt64(0), row.GetString(1)), Parameters.Array([.. known])), cancellation);
        if (unknown is var (position, type)) throw MoveException.BadFile($"Another release has written this file: the event at position {position} is a {type}, which this release does not know. Bring both homes to the same release first.");
    }

    /// <summary>What no leaf tells of an event.</summary>
    /// <exception cref="MoveException">It is not as an event of ours can be.</exception>
    public async Task DemandPlainAsync(CancellationToken cancellation)
    {
        var (redacted, archived) = ((long?)null, (long?)null);
        await RunAsync(
            batch =>
            {
                batch.Query(WronglyRedacted, row => redacted = row.IsDBNull(0) ? null : row.GetInt64(0));
                batch.Query(Archived, row => archived = row.IsDBNull(0) ? null : row.GetInt64(0));
            },
            cancellation);
        if (redacted is { } at) throw MoveException.BadFile($"The event at position {at} is not as its redaction says: it was altered since.");
        if (archived is { } one) throw MoveException.BadFile($"The event at position {one} is marked as archived, which none of ours is.");
    }

    /// <summary>The time of the event at a position, the last one.</summary>
    public async Task<DateTimeOffset> TimeOfAsync(long position, CancellationToken cancellation)
    {
        var time = DateTimeOffset.MinValue;
        await RunAsync(batch => batch.Query(Last, row => time = row.GetFieldValue<DateTimeOffset>(0), Parameters.Value(position)), cancellation);
        return time;
    }

    /// <exception cref="MoveException">Personal data was taken out that is still in what is here.</exception>
    public async Task DemandNotRedactedSinceAsync(long here, CancellationToken cancellation)
    {
        long? redacted = null;
        await RunAsync(batch => batch.Query(RedactedSince, row => redacted = row.IsDBNull(0) ? null : row.GetInt64(0), Parameters.Value(here)), cancellation);
        if (redacted is { } position) throw MoveException.Conflict("redacted-since", $"Personal data was taken out of position {position} after {accountId} had left this home, which still has it. The account cannot come back to this database.");
    }

    /// <summary>The root of the tree over all of them, and that over the first of them.</summary>
    public async Task<(byte[] Root, byte[] First)> RootsAsync(long first, CancellationToken cancellation)
    {
        var (tree, rootOfFirst) = (new Frontier(), Merkle.Empty);
        await RunAsync(
            batch => batch.Query(Leaves, row =>
            {
                tree.Append(row.GetFieldValue<byte[]>(0), static (_, _) => { });
                if (tree.Size == first) rootOfFirst = tree.Root();
            }),
            cancellation);
        return (tree.Root(), rootOfFirst);
    }

    /// <summary>Puts those after a position into the store, under numbers of this home.</summary>
    public Task PutAsync(IReadOnlyList<string> columns, long after, CancellationToken cancellation)
    {
        var listed = string.Join(", ", columns.Select(ColumnsOfTables.Quoted));
        return RunAsync(
            batch =>
            {
                batch.Execute(KeepOriginals, Parameters.Value(after));
                batch.Execute(
                    $"""
                    insert into events.mt_events (seq_id, {listed})
                    select nextval('events.mt_events_sequence'), {listed} from (select * from {Table} where tenant_id = $1 and seq_id > $2 order by seq_id) e
                    """,
                    Parameters.Value(after));
            },
            cancellation);
    }

    private async Task RunAsync(Action<AccountBatch> add, CancellationToken cancellation)
    {
        await using var batch = new AccountBatch(connection, accountId, TakenRows.Longest);
        add(batch);
        await batch.RunAsync(cancellation);
    }
}
