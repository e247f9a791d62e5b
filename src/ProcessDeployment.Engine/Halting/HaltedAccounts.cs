using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Halting;

/// <summary>The accounts that are halted, for operators and for whoever reads events of several accounts.</summary>
public sealed class HaltedAccounts(Databases databases)
{
    /// <summary>Tells that an account was halted, or may go on.</summary>
    public const string Channel = "process_deployment_halted";

    /// <summary>
    /// An account that was caught up while the page was made is halted anew: nothing is ever left out unnoticed. It is halted where
    /// its read models are, which may be before the first event the page lacks, since events before that may have been taken away.
    /// </summary>
    private const string Insert = """
        insert into process_deployment.halted_account (account_id, position, stream, type, problem)
        select h.account_id, n.position,
            case when h.position = n.position then h.stream end, case when h.position = n.position then h.type end, case when h.position = n.position then h.problem end
        from unnest(^, ^, ^, ^, ^) as h(account_id, position, stream, type, problem)
        cross join lateral (select coalesce((select r.position from process_deployment.read_position r where r.account_id = h.account_id), 0) + 1 as position) n
        on conflict (account_id) do nothing
        """;

    private const string Notify = $"select pg_notify('{Channel}', n.account_id) from unnest(^) as n(account_id)";

    private const string All = $"select {HaltedAccount.Columns} from process_deployment.halted_account h order by h.account_id";

    private const string Stored = $"""
        select {HaltedAccount.Columns}, h.since, e.data::text
        from process_deployment.halted_account h
        left join events.mt_events e on e.tenant_id = h.account_id and (e.headers ->> 'position')::bigint = h.position
        order by h.account_id
        """;

    /// <summary>Within the transaction of a page.</summary>
    internal static void Write(IReadOnlyList<HaltedAccount> halted, PageSql sql)
    {
        sql.Execute(Insert, Rows.Of(halted).Text(h => h.AccountId).Position(h => h.Position).Text(h => h.Stream).Text(h => h.Type).Text(h => h.Problem));
        sql.Query(Notify, Rows.Of(halted).Text(h => h.AccountId));
    }

    public Task<List<HaltedAccount>> AllAsync(CancellationToken cancellation) => ReadAsync(All, HaltedAccount.Read, cancellation);

    /// <summary>Each with the event, which may be long, and since when.</summary>
    public Task<List<HaltedAccount>> WithEventsAsync(CancellationToken cancellation) =>
        ReadAsync(Stored, static row => HaltedAccount.Read(row) with { Since = row.Time(5), Raw = row.Text(6) }, cancellation);

    private async Task<List<HaltedAccount>> ReadAsync(string sql, Func<NpgsqlDataReader, HaltedAccount> read, CancellationToken cancellation)
    {
        var halted = new List<HaltedAccount>();
        await using var command = databases.Shared.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation)) halted.Add(read(row));
        return halted;
    }
}
