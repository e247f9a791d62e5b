using System.Text.Json;
using Npgsql;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Scheduling;

/// <summary>What is due in any account. A node claims rows before it works on them, so that others do not do the same work; that no run is made twice rests on the ids of their commands.</summary>
internal sealed class DueRuns(Databases databases)
{
    /// <summary>A node that dies with rows in its hands loses them after this, well within the patience of a run.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Of accounts that are away, their other homes make the runs.</summary>
    private const string Claim = """
        with due as materialized (
            select account_id, process_id, atom_id from process_deployment.schedule_due d
            where due <= $1 and claimed_until <= $1 and not exists (select from process_deployment.account a where a.account_id = d.account_id and a.away is not null)
            order by due limit $2 for update skip locked),
        mine as (
            update process_deployment.schedule_due d set claimed_until = $3
            from due where d.account_id = due.account_id and d.process_id = due.process_id and d.atom_id = due.atom_id
            returning d.account_id, d.process_id, d.atom_id, d.due, d.missed_from)
        select m.account_id, m.process_id, m.atom_id, m.due, m.missed_from, s.state, a.state ->> 'status'
        from mine m
        join process_deployment.process_atom_state s on s.account_id = m.account_id and s.process_id = m.process_id and s.atom_id = m.atom_id
        join process_deployment.atom_state a on a.account_id = m.account_id and a.atom_id = m.atom_id
        order by m.due
        """;

    /// <summary>At most so many, the most overdue first.</summary>
    public async Task<IReadOnlyList<DueRun>> ClaimAsync(DateTimeOffset now, int most, CancellationToken cancellation)
    {
        var found = new List<DueRun>();
        await using var command = databases.Shared.CreateCommand(Claim);
        command.Parameters.Add(Parameters.Value(now));
        command.Parameters.Add(Parameters.Value((long)most));
        command.Parameters.Add(Parameters.Value(now + Lease));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            if (JsonSerializer.Deserialize(row.GetString(5), StateJson.Default.Attachment)!.Schedules is { } schedules) found.Add(Read(row, schedules));
        }

        return found;
    }

    private static DueRun Read(NpgsqlDataReader row, ScheduleState schedules) => new(
        row.GetString(0), new(row.GetGuid(1), row.GetGuid(2)), row.GetFieldValue<DateTimeOffset>(3), row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4),
        schedules, row.GetString(6) is not ("ONLINE" or "WARNING"));

    /// <summary>When something comes due that is not due yet; null when nothing does.</summary>
    public async Task<DateTimeOffset?> NextAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = databases.Shared.CreateCommand("""
            select min(due) from (
                select min(due) as due from process_deployment.schedule_due where due > $1
                union all
                select min(due) from process_deployment.retry_due where due > $1) d
            """);
        command.Parameters.Add(Parameters.Value(now));
        return await command.ExecuteScalarAsync(cancellation) is DateTime next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }

    /// <summary>Moves rows on that nobody else has moved meanwhile.</summary>
    public async Task MoveAsync(IReadOnlyList<Moved> moved, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var trip = new RoundTrip(connection);
        trip.Execute(
            """
            update process_deployment.schedule_due d set due = m.next, missed_from = m.missed_from, claimed_until = '-infinity'
            from unnest($1, $2, $3, $4, $5, $6) as m(account_id, process_id, atom_id, due, next, missed_from)
            where d.account_id = m.account_id and d.process_id = m.process_id and d.atom_id = m.atom_id and d.due = m.due
            """,
            [.. moved.Where(m => m.Next is not null)], m => m.Run.AccountId,
            rows => rows.Uuid(m => m.Run.Key.ProcessId).Uuid(m => m.Run.Key.AtomId).Time(m => m.Run.Due).OptionalTime(m => m.Next).OptionalTime(m => m.MissedFrom));
        trip.Execute(
            """
            delete from process_deployment.schedule_due d using unnest($1, $2, $3, $4) as m(account_id, process_id, atom_id, due)
            where d.account_id = m.account_id and d.process_id = m.process_id and d.atom_id = m.atom_id and d.due = m.due
            """,
            [.. moved.Where(m => m.Next is null)], m => m.Run.AccountId, rows => rows.Uuid(m => m.Run.Key.ProcessId).Uuid(m => m.Run.Key.AtomId).Time(m => m.Run.Due));
        await trip.RunAsync(cancellation);
    }
}

/// <summary>A row that was seen to.</summary>
internal sealed record Moved(DueRun Run, DateTimeOffset? Next, DateTimeOffset? MissedFrom);
