using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Redaction;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Export;

/// <summary>Finds the positions of a period, and the checkpoint to pin it to.</summary>
internal sealed class ExportScopes(Databases databases, LedgerReader ledger, RedactionHistory redactions, ExportPace pace)
{
    /// <summary>Times never go back within an account, so a period is a range of positions.</summary>
    private const string Positions = """
        select least(coalesce((select a.position from process_deployment.audit_entry a where a.account_id = $1 and a.time >= $2 order by a.time, a.position limit 1), $4 + 1), $4 + 1),
            coalesce((select a.position from process_deployment.audit_entry a where a.account_id = $1 and a.time < $3 and a.position <= $4 order by a.time desc, a.position desc limit 1), 0),
            (select position from process_deployment.account where account_id = $1)
        """;

    private static readonly string Marks = $"""
        select {LeafSql.Position} from events.mt_events e
        where e.tenant_id = $1 and e.type = '{WireNameAttribute.Of(typeof(EventSkipped))}' and (e.data ->> 'eventPosition')::bigint between $2 and $3
        order by 1
        """;

    /// <summary>What to export, as far as it is sealed in <paramref name="latest"/>, which the read models have reached.</summary>
    public async Task<ExportScope> FindAsync(string accountId, DateTimeOffset? from, DateTimeOffset? to, AccountCheckpoint latest, CancellationToken cancellation)
    {
        var size = latest.Head.Size;
        var (first, last, appended) = await PositionsAsync(accountId, from ?? DateTimeOffset.MinValue, to ?? DateTimeOffset.MaxValue, size, cancellation);
        // The end of the period is what counts: what is after it must be seen to be after it.
        last = Math.Max(last, first - 1);
        var (redactedTo, isUnderWay) = await redactions.LastAsync(accountId, cancellation);
        // The event before the period counts too: names are learned from it. What is said to have been skipped may itself be redacted.
        var skips = await MarksAsync(accountId, Math.Max(1, first - 1), last, cancellation);
        var altered = redactedTo == 0 ? [] : await redactions.OfAsync(accountId, Math.Max(1, first - 1), last + 1, skips, cancellation);

        // What was redacted since is proved by the events that say so: whoever checks must have these as well.
        var covered = ((long[])[1, last, .. altered, .. skips]).Max();
        var settled = to is { } end ? await ledger.FirstAfterAsync(accountId, end + pace.Settled, covered, cancellation) : null;
        // What is not sealed yet may belong to the period: an account that is not sealed any more has no period that is over.
        var isClosed = settled is not null && (settled.Head.Size > last || appended == size);
        var scope = new ExportScope(accountId, from, to, first, last, isClosed ? settled! : latest, isClosed);
        return scope with { Redactions = [.. altered.Where(position => position > scope.LastLine)], RedactedTo = redactedTo, IsBeingRedacted = isUnderWay, Skips = skips };
    }

    private async Task<List<long>> MarksAsync(string accountId, long first, long last, CancellationToken cancellation)
    {
        var marks = new List<long>();
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Marks, row => marks.Add(row.GetInt64(0)), Parameters.Value(first), Parameters.Value(last));
        await batch.RunAsync(cancellation);
        return marks;
    }

    private async Task<(long First, long Last, long Appended)> PositionsAsync(string accountId, DateTimeOffset from, DateTimeOffset to, long size, CancellationToken cancellation)
    {
        var positions = (First: 0L, Last: 0L, Appended: 0L);
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Positions, row => positions = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), Given.Time(from), Given.Time(to), Parameters.Value(size));
        await batch.RunAsync(cancellation);
        return positions;
    }
}

/// <summary>When a period is over.</summary>
/// <param name="Settled">So long after its end: a transaction that got its time before the end may still be under way.</param>
internal sealed record ExportPace(TimeSpan Settled)
{
    public static ExportPace Default { get; } = new(TimeSpan.FromMinutes(1));
}
