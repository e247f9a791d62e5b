using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Export;

/// <summary>Finds the positions of a period, and the checkpoint to pin it to.</summary>
internal sealed class ExportScopes(Databases databases, LedgerReader ledger)
{
    /// <summary>Times never go back within an account, so a period is a range of positions.</summary>
    private const string Positions = """
        select coalesce((select a.position from process_deployment.audit_entry a where a.account_id = $1 and a.time >= $2 order by a.time, a.position limit 1), $4 + 1),
            coalesce((select a.position from process_deployment.audit_entry a where a.account_id = $1 and a.time < $3 and a.position <= $4 order by a.time desc, a.position desc limit 1), 0)
        """;

    /// <summary>Null while nothing of the account is sealed.</summary>
    public async Task<ExportScope?> FindAsync(string accountId, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellation)
    {
        if (await ledger.LatestAsync(accountId, cancellation) is not { } latest) return null;
        var (first, last) = await PositionsAsync(accountId, from ?? DateTimeOffset.MinValue, to ?? DateTimeOffset.MaxValue, latest.Head.Size, cancellation);
        // The end of the period is what counts: what is after it must be seen to be after it.
        last = Math.Max(last, first - 1);
        var pinned = to is { } end ? await ledger.FirstAfterAsync(accountId, end, Math.Max(1, last), cancellation) : null;
        return new(accountId, from, to, first, last, pinned ?? latest);
    }

    private async Task<(long First, long Last)> PositionsAsync(string accountId, DateTimeOffset from, DateTimeOffset to, long size, CancellationToken cancellation)
    {
        var positions = (First: 0L, Last: 0L);
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Positions, row => positions = (row.GetInt64(0), row.GetInt64(1)), Given.Time(from), Given.Time(to), Parameters.Value(size));
        await batch.RunAsync(cancellation);
        return positions;
    }
}
