using Npgsql;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Halting;

/// <summary>
/// Brings the read models of a halted account to where the projection is, once the event that stood in the way can be read
/// or is marked as skipped: step by step, by the statements that write pages, while all other accounts go on. Pages leave the
/// account out meanwhile. The last step is made while no page is under way, so that the next one goes on where it ended.
/// </summary>
internal sealed class Resumption(Databases databases, EventDecoder decoder, ILogger<Resumption> log)
{
    /// <summary>A statement of its own, after the row is locked: one that waits for a row sees it as it is then, but every other table as it was before.</summary>
    private const string Expected = "select coalesce((select position from process_deployment.read_position where account_id = $1), 0) + 1";

    private const string Stay = """
        update process_deployment.halted_account
        set position = $2, stream = $3, type = $4, problem = $5, since = case when position = $2 then since else clock_timestamp() end
        where account_id = $1
        """;

    private const string Lift = "delete from process_deployment.halted_account where account_id = $1";

    private const int EventsAtOnce = 1_000;

    /// <summary>Whether its read models follow the projection again.</summary>
    public async Task<bool> ResumeAsync(string accountId, CancellationToken cancellation)
    {
        var alone = false;
        while (true)
        {
            switch (await StepAsync(accountId, alone, cancellation))
            {
                case Outcome.Follows: return true;
                case Outcome.Halted: return false;
                case Outcome.AtTheEnd: alone = true; break;
                default: alone = false; break;
            }
        }
    }

    private async Task<Outcome> StepAsync(string accountId, bool alone, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await LockAsync(connection, accountId, alone, cancellation) is not { } before) return Outcome.Follows;
        // While it stands still one event tells whether it still does; a page of them is read when it does not.
        var next = await NextEvents.ReadAsync(connection, decoder, accountId, before.Position, before.Problem is null ? EventsAtOnce : 1, cancellation);
        if (next.Events.Count > 0) Write(connection, next.Events);
        var (position, lifted) = (before.Position + next.Events.Count, alone && next is { Stop: null, IsEnd: true });
        var after = next.Stop ?? new(accountId, position, null, null, null);
        await using var batch = new AccountBatch(connection, accountId);
        if (lifted) batch.Execute(Lift);
        else if (after != before) batch.Execute(Stay, Parameters.Value(position), Parameters.Optional(after.Stream), Parameters.Optional(after.Type), Parameters.Optional(after.Problem));
        await batch.RunAsync(cancellation);
        await transaction.CommitAsync(cancellation);

        if (lifted) HaltedLog.Lifted(log, accountId, position - 1);
        if (next.Stop is { } stop && (stop.Position, stop.Problem) != (before.Position, before.Problem)) HaltedLog.Alarm(log, stop);
        return lifted ? Outcome.Follows : next.Stop is not null ? Outcome.Halted : next.IsEnd ? Outcome.AtTheEnd : Outcome.GoesOn;
    }

    /// <summary>The lock of pages first, as pages take it; alone, when none may be under way.</summary>
    private static async Task<HaltedAccount?> LockAsync(NpgsqlConnection connection, string accountId, bool alone, CancellationToken cancellation)
    {
        var (halted, next) = ((HaltedAccount?)null, 0L);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Control("set local lock_timeout = '5s'");
        batch.Control($"do $$ begin perform pg_advisory_xact_lock{(alone ? "" : "_shared")}({PageSql.Lock}); end $$");
        batch.Query(HaltedAccount.Locked, row => halted = HaltedAccount.Read(row));
        batch.Query(Expected, row => next = row.GetInt64(0));
        await batch.RunAsync(cancellation);
        return halted is null || halted.Position == next ? halted : throw new ReadModelException($"The read models of account {accountId} expect position {next}, but it is halted at {halted.Position}.");
    }

    private static void Write(NpgsqlConnection connection, IReadOnlyList<Recorded> events)
    {
        var page = new NextPage(new HashSet<string>());
        ReadModelWriter.Write(new PageSql(page), new ReadModelPage(events));
        page.Run(connection);
    }

    private enum Outcome
    {
        GoesOn,
        AtTheEnd,
        Halted,
        Follows,
    }
}
