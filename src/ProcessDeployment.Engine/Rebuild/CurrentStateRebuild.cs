using Npgsql;
using ProcessDeployment.Engine.Rebuild.Folds;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// What decisions look at, built anew account by account. Nearly all events are folded while the account is at work; then
/// it is locked, as for a batch of commands, the last events follow, and its rows are exchanged in the same transaction:
/// commands that come meanwhile wait that long, and with them those of other accounts that share a batch with one of them,
/// since a batch holds the locks of all its accounts.
/// </summary>
internal sealed class CurrentStateRebuild(Databases databases, RebuildProgress progress)
{
    private static readonly RebuildModel Model = RebuildModel.All.Single(model => model.Name == RebuildModel.CurrentState);

    public async Task RunAsync(IReadOnlyList<string> accounts, CancellationToken cancellation)
    {
        progress.Phase = RebuildPhases.CurrentState;
        await using var reader = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var writer = await databases.Shared.OpenConnectionAsync(cancellation);
        foreach (var accountId in accounts) await RunAsync(reader, writer, accountId, cancellation);
    }

    private async Task RunAsync(NpgsqlConnection reader, NpgsqlConnection writer, string accountId, CancellationToken cancellation)
    {
        await using var transaction = await writer.BeginTransactionAsync(cancellation);
        await NextTables.MakeAsync(writer, [Model], Model.Tables, cancellation);
        var fold = new CurrentStateFold(accountId);
        var reached = await FoldAsync(reader, writer, fold, new(0, long.MaxValue) { Accounts = [accountId], Whole = false }, cancellation);
        await LockAsync(writer, accountId, cancellation);
        await FoldAsync(reader, writer, fold, new(reached, long.MaxValue) { Accounts = [accountId], Whole = false }, cancellation);
        fold.Complete();
        foreach (var table in fold.Tables) table.Flush(writer);
        await Exchange.RowsAsync(writer, Model.Tables, accountId, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private Task<long> FoldAsync(NpgsqlConnection reader, NpgsqlConnection writer, CurrentStateFold fold, EventRange range, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var unsaid = 0;
            var reached = StoredEvents.Read(
                reader,
                range,
                recorded =>
                {
                    fold.Add(recorded);
                    if (++unsaid < 256) return;
                    progress.Read(unsaid);
                    unsaid = 0;
                    foreach (var table in fold.Tables.Where(table => table.IsFull)) table.Flush(writer);
                },
                cancellation);
            progress.Read(unsaid);
            return reached;
        },
        cancellation);

    /// <summary>The lock under which every command of the account is decided.</summary>
    private static async Task LockAsync(NpgsqlConnection writer, string accountId, CancellationToken cancellation)
    {
        await using var batch = new AccountBatch(writer, accountId);
        batch.Execute("select from process_deployment.account where account_id = $1 for update");
        await batch.RunAsync(cancellation);
    }
}
