using Npgsql;
using NpgsqlTypes;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>An account that a rebuild leaves as it is.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Position">Of the event that cannot be read.</param>
/// <param name="Stream">Where it stands.</param>
/// <param name="Problem">Why it cannot be read.</param>
public sealed record LeftAccount(string AccountId, long Position, string? Stream, string Problem)
{
    public string InWords() => $"account {AccountId} was left as it was: position {Position}{(Stream is null ? "" : $", in stream {Stream},")} cannot be read: {Problem}";
}

/// <summary>
/// The accounts that a rebuild leaves as they are, since an event of theirs cannot be read: those that are halted already, and
/// those in which it meets one. All others are rebuilt. Kept with the job, whose next runner must leave the same.
/// </summary>
internal sealed class LeftAccounts(Guid jobId)
{
    private const string Known = """
        select account_id, position, problem from process_deployment.rebuild_left where job_id = $1
        union
        select account_id, position, coalesce(problem, 'it is being caught up') from process_deployment.halted_account where account_id = coalesce($2, account_id)
        """;

    private const string Keep = """
        insert into process_deployment.rebuild_left (job_id, account_id, position, stream, problem)
        select $1, l.account_id, l.position,
            (select e.stream_id from events.mt_events e where e.tenant_id = l.account_id and (e.headers ->> 'position')::bigint = l.position), l.problem
        from unnest($2, $3, $4) as l(account_id, position, problem) on conflict do nothing
        """;

    private readonly Dictionary<string, (long Position, string Problem)> _accounts = new(StringComparer.Ordinal);

    public bool Contains(string accountId) => _accounts.Count > 0 && _accounts.ContainsKey(accountId);

    public void Add(string accountId, long position, string problem) => _accounts.TryAdd(accountId, (position, problem));

    /// <summary>Those of an earlier runner, and those that are halted now; of one account, or with null of all.</summary>
    public async Task ReadAsync(NpgsqlConnection connection, string? accountId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Known, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = jobId });
        command.Parameters.Add(Parameters.Optional(accountId));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation)) Add(row.GetString(0), row.GetInt64(1), row.GetString(2));
    }

    /// <summary>Within the transaction in which they were left out.</summary>
    public async Task KeepAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (_accounts.Count == 0) return;
        await using var command = new NpgsqlCommand(Keep, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = jobId, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(Parameters.Array([.. _accounts.Keys]));
        command.Parameters.Add(Parameters.Array([.. _accounts.Values.Select(left => left.Position)]));
        command.Parameters.Add(Parameters.Array([.. _accounts.Values.Select(left => left.Problem)]));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Their rows as they stand go into the new tables, in place of what was folded of them. While no page is under way.</summary>
    public async Task PutAsync(NpgsqlConnection connection, string schema, IEnumerable<string> tables, CancellationToken cancellation)
    {
        if (_accounts.Count == 0) return;
        await Exchange.CopyAsync(connection, tables, "process_deployment", schema, [.. _accounts.Keys], cancellation);
    }
}
