using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Operations;

/// <summary>How far read models and ledger of an account are. All its read models are written in one transaction, so each is as far as the others.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Position">How many events it has.</param>
/// <param name="Shown">Up to which position read models show it.</param>
/// <param name="LagSeconds">Age of the first event that they lack; null where they lack none, or the account plays a past of its own.</param>
/// <param name="Sealed">Up to which position a checkpoint covers it.</param>
/// <param name="SealLagSeconds">Age of the first event that none covers.</param>
/// <param name="Halted">Why its read models stand still; null when they do not.</param>
internal sealed record AccountProgress(string AccountId, long Position, long Shown, double? LagSeconds, long Sealed, double? SealLagSeconds, string? Halted)
{
    /// <summary>Those that are furthest behind come first, so that a long list need not be read to its end.</summary>
    private const int Most = 500;

    private static readonly string Sql = $"""
        select a.account_id, a.position, coalesce(r.position, 0), {Age("coalesce(r.position, 0)")}, coalesce(h.size, 0), {Age("coalesce(h.size, 0)")}, d.problem
        from process_deployment.account a
        left join process_deployment.read_position r on r.account_id = a.account_id
        left join lateral (select h.size from ledger.head h where h.account_id = a.account_id order by h.size desc limit 1) h on true
        left join process_deployment.halted_account d on d.account_id = a.account_id
        order by a.position - coalesce(r.position, 0) desc, a.account_id limit {Most}
        """;

    public static async Task<IReadOnlyList<AccountProgress>> AllAsync(Databases databases, CancellationToken cancellation)
    {
        var found = new List<AccountProgress>();
        await using var command = databases.Shared.CreateCommand(Sql);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            found.Add(new(rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), Seconds(rows, 3), rows.GetInt64(4), Seconds(rows, 5), rows.Text(6)));
        return found;
    }

    /// <summary>Of the event after a position. The sample account plays its own past, whose age says nothing.</summary>
    private static string Age(string position) => $"""
        (select extract(epoch from clock_timestamp() - e.timestamp)::float8 from events.mt_events e
        where e.tenant_id = a.account_id and (e.headers ->> 'position')::bigint = {position} + 1 and e.headers ->> 'channel' <> 'sample')
        """;

    private static double? Seconds(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Math.Max(0, row.GetDouble(column));
}
