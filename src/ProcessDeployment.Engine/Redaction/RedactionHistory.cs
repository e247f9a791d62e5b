using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Redaction;

/// <summary>What was redacted in an account so far, as its events say.</summary>
internal sealed class RedactionHistory(Databases databases)
{
    /// <summary>There are few events in that stream, and it is found by its key.</summary>
    private static readonly string Redactions = $"""
        from events.mt_events e where e.tenant_id = $1 and e.stream_id = 'operations' and e.type = '{WireNameAttribute.Of(typeof(PersonalDataRedacted))}'
        """;

    private static readonly string Of = $"select {LeafSql.Position} {Redactions} and ((e.data ->> 'eventPosition')::bigint between $2 and $3 or (e.data ->> 'eventPosition')::bigint = any($4)) order by 1";

    /// <summary>What follows from the events is clean when all of it was built from them since: no clocks, one job at a time. Whether that
    /// was all is noted on the job, since another release may have read models that this one has not. What was redacted in another
    /// home has come without what was taken out, and did not leave there before that was done.</summary>
    private static readonly string Last = $"""
        select r.position, r.position > 0 and not exists (
            select from events.mt_events e
            join process_deployment.rebuild_job j on j.job_id = (e.data ->> 'jobId')::uuid and j.status = 'completed' and j.everything
            where e.tenant_id = $1 and e.stream_id = 'operations' and e.type = '{WireNameAttribute.Of(typeof(RebuildStarted))}' and {LeafSql.Position} > r.position)
            and not exists (select from process_deployment.account_arrival a where a.account_id = $1 and a.position >= r.position)
        from (select coalesce(max({LeafSql.Position}), 0) as position {Redactions}) r
        """;

    /// <summary>The positions of the events that redacted one in a range of positions, or one of some others.</summary>
    public async Task<IReadOnlyList<long>> OfAsync(string accountId, long first, long last, IReadOnlyCollection<long> others, CancellationToken cancellation)
    {
        var positions = new List<long>();
        await AskAsync(accountId, batch => batch.Query(Of, row => positions.Add(row.GetInt64(0)), Parameters.Value(first), Parameters.Value(last), Parameters.Array([.. others])), cancellation);
        return positions;
    }

    /// <summary>The position of the last redaction, 0 where there is none; and whether lists may still hold what it took out.</summary>
    public async Task<(long Position, bool IsUnderWay)> LastAsync(string accountId, CancellationToken cancellation)
    {
        var last = (Position: 0L, IsUnderWay: false);
        await AskAsync(accountId, batch => batch.Query(Last, row => last = (row.GetInt64(0), row.GetBoolean(1))), cancellation);
        return last;
    }

    private async Task AskAsync(string accountId, Action<AccountBatch> add, CancellationToken cancellation)
    {
        await using NpgsqlConnection connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        add(batch);
        await batch.RunAsync(cancellation);
    }
}
