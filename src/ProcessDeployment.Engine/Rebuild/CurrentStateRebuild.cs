using System.Data;
using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Rebuild.Folds;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// What decisions look at, held against the events account by account, and put right where it differs. All but the last
/// events are folded and compared while the account is at work. Then it is locked, as for a batch of commands; the last
/// events follow, and rows that differ are written. Commands wait for that alone, and with them those of other accounts
/// that share a batch with one of them, since a batch holds the locks of all its accounts.
/// </summary>
internal sealed class CurrentStateRebuild(Databases databases, EventDecoder decoder, QuestionsFirst questions, RebuildTurns turns, RebuildJob job, RebuildProgress progress)
{
    private readonly JobMark _mark = new(job);

    public async Task RunAsync(IReadOnlyList<string> accounts, CancellationToken cancellation)
    {
        progress.Phase = RebuildPhases.CurrentState;
        await using var reader = await databases.OpenForReadingAsync(cancellation);
        progress.EventsTotal = progress.EventsRead + (await AccountGroups.ReadAsync(reader, job.AccountId, cancellation)).Sum(account => account.Events);
        await using var session = await databases.OpenSessionAsync(cancellation);
        var tables = new CurrentStateTables(session);
        await tables.MakeAsync(cancellation);
        foreach (var accountId in accounts)
        {
            try
            {
                await RunAsync(reader, session, tables, accountId, cancellation);
            }
            catch (UnreadableEventException e)
            {
                _mark.Left.Add(e.AccountId, e.Position, e.InnerException!.Message);
                await _mark.Left.KeepAsync(session, cancellation);
            }
        }
    }

    private async Task RunAsync(NpgsqlConnection reader, NpgsqlConnection session, CurrentStateTables tables, string accountId, CancellationToken cancellation)
    {
        var (fold, reached, concerned) = (new CurrentStateFold(accountId), 0L, new HashSet<Guid>());
        // Who holds commands up, or is about to, does not step aside for anybody.
        Task<long> FoldAsync(long? until) =>
            new FoldRun(decoder, until is null ? null : questions, until is null ? null : turns, progress).RunAsync(reader, session, [fold], new(reached, long.MaxValue) { Accounts = [accountId], Whole = false, UntilPosition = until }, cancellation);

        // In a snapshot, what decisions look at is exactly as far as the account is.
        await using (var snapshot = await session.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation))
        {
            await tables.EmptyAsync(cancellation);
            reached = await FoldAsync(await PositionAsync(session, accountId, "", cancellation));
            tables.Fill(fold);
            concerned = await tables.DifferingAsync(accountId, cancellation);
            await snapshot.CommitAsync(cancellation);
        }

        await using var transaction = await session.BeginTransactionAsync(cancellation);
        // Once more without the lock: comparing may have taken long.
        reached = await FoldAsync(until: null);
        await PositionAsync(session, accountId, "for update", cancellation);
        await FoldAsync(until: null);
        concerned.UnionWith(fold.Touched);
        await tables.TakeOutAsync(accountId, fold.Touched, cancellation);
        tables.Fill(fold);
        await tables.PutAsync(accountId, concerned, cancellation);
        await _mark.HoldAsync(session, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Under the lock of this row every command of the account is decided.</summary>
    private static async Task<long> PositionAsync(NpgsqlConnection session, string accountId, string locking, CancellationToken cancellation)
    {
        var position = 0L;
        await using var batch = new AccountBatch(session, accountId);
        batch.Query($"select position from process_deployment.account where account_id = $1 {locking}", row => position = row.GetInt64(0));
        await batch.RunAsync(cancellation);
        return position;
    }
}
