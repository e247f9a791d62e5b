using Npgsql;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Scheduling;

/// <summary>Retries that are due in any account, claimed like runs.</summary>
internal sealed class DueRetries(Databases databases)
{
    private const string Claim = """
        with due as materialized (
            select account_id, execution_id from process_deployment.retry_due d
            where due <= $1 and claimed_until <= $1 and not exists (select from process_deployment.account a where a.account_id = d.account_id and a.away is not null)
            order by due limit $2 for update skip locked)
        update process_deployment.retry_due d set claimed_until = $3
        from due where d.account_id = due.account_id and d.execution_id = due.execution_id
        returning d.account_id, d.execution_id, d.process_id, d.atom_id, d.attempt, d.due
        """;

    /// <summary>At most so many, the most overdue first.</summary>
    public async Task<IReadOnlyList<DueRetry>> ClaimAsync(DateTimeOffset now, int most, CancellationToken cancellation)
    {
        var found = new List<DueRetry>();
        await using var command = databases.Shared.CreateCommand(Claim);
        command.Parameters.Add(Parameters.Value(now));
        command.Parameters.Add(Parameters.Value((long)most));
        command.Parameters.Add(Parameters.Value(now + DueRuns.Lease));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation)) found.Add(Read(row));
        return found;
    }

    private static DueRetry Read(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetGuid(1), row.GetGuid(2), row.GetGuid(3), row.GetInt32(4), row.GetFieldValue<DateTimeOffset>(5));

    /// <summary>Takes those out that were seen to.</summary>
    public async Task TakeOutAsync(IReadOnlyList<DueRetry> done, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var trip = new RoundTrip(connection);
        trip.Execute(
            "delete from process_deployment.retry_due d using unnest($1, $2) as r(account_id, execution_id) where d.account_id = r.account_id and d.execution_id = r.execution_id",
            done, retry => retry.AccountId, rows => rows.Uuid(retry => retry.ExecutionId));
        await trip.RunAsync(cancellation);
    }
}

/// <summary>A failed execution that is to be tried again.</summary>
internal sealed record DueRetry(string AccountId, Guid ExecutionId, Guid ProcessId, Guid AtomId, int Attempt, DateTimeOffset Due)
{
    /// <summary>What is to be done at a time: one that is too late is missed like any run.</summary>
    public RunSchedule At(DateTimeOffset now)
    {
        var isLate = Due <= now - DueRun.Patience;
        return new()
        {
            AccountId = AccountId,
            Actor = Scheduler.Actor,
            ProcessId = ProcessId,
            AtomId = AtomId,
            DueAt = isLate ? null : Due,
            RetryOf = ExecutionId,
            Attempt = Attempt,
            Missed = isLate ? new(1, Due, Due, Contracts.MissedReason.EngineAway) : null,
        };
    }
}
