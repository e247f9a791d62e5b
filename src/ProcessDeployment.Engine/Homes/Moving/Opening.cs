using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>Opens an account that has arrived and left the other home. The same transaction notes the move as its next event: its new epoch begins with that.</summary>
internal sealed class Opening(Databases databases, HomeOptions homes, Sealed seals, Placement placement, PipelineSignals signals)
{
    private const string Arrivals = "select home, ledger, checkpoint, root from process_deployment.account_arrival where account_id = $1 and position = $2";

    /// <summary>There are few events in that stream, and it is found by its key.</summary>
    private static readonly string Moves = $"select count(*) from events.mt_events e where e.tenant_id = $1 and e.stream_id = 'operations' and e.type = '{WireNameAttribute.Of(typeof(AccountMoved))}'";

    /// <summary>Whether one that has arrived could be opened: asked before the other home lets it go, since there is no way back then.</summary>
    /// <returns>How far it has come.</returns>
    /// <exception cref="MoveException">It has not arrived here, or the lists do not show it yet.</exception>
    public async Task<long> ReadyAsync(string accountId, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var state = await AccountMoves.LockAsync(connection, accountId, cancellation) ?? throw MoveException.Unknown(accountId);
        await transaction.CommitAsync(cancellation);
        if (state.State != AccountMoves.HasArrived) throw MoveException.Conflict("not-arrived", $"The account {accountId} {state.InWords}, at position {state.Position}.");
        await seals.ReadAsync(accountId, state.Position, cancellation);
        return state.Position;
    }

    /// <summary>Asked again it says the same again.</summary>
    /// <returns>The position of the event that says it.</returns>
    /// <exception cref="MoveException">It has not arrived here, or the receipt is not for what did.</exception>
    public async Task<long> OpenAsync(string accountId, LeftReceipt receipt, string actor, CancellationToken cancellation)
    {
        if (receipt.AccountId != accountId || receipt.To != homes.Name) throw MoveException.Conflict("other-receipt", $"The receipt is of {receipt.AccountId} and for the home {receipt.To}; this is {homes.Name ?? "none"}.");
        // Questions must not show less here than they did there.
        await seals.ReadAsync(accountId, receipt.Position, cancellation);
        await using var connection = await databases.Pipeline.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var state = await AccountMoves.LockAsync(connection, accountId, cancellation) ?? throw MoveException.Unknown(accountId);
        var moved = await ArrivedAsync(connection, accountId, receipt, cancellation);
        if (state.State == AccountMoves.Here && state.Home == receipt.From && state.MovedAt == receipt.Position) return receipt.Position + 1;
        // Given up here by mistake after the other home had let it go, it would be nowhere.
        if (state.State is not (AccountMoves.HasArrived or AccountMoves.Left) || state.Home != receipt.From || state.Position != receipt.Position) throw MoveException.Conflict("not-arrived", $"The account {accountId} {state.InWords}, at position {state.Position}.");
        await using (var batch = new AccountBatch(connection, accountId))
        {
            AccountMoves.Set(batch, AccountMoves.Here, receipt.From, receipt.Position, isAway: false);
            await batch.RunAsync(cancellation);
        }

        var work = new AccountWork(accountId, [OperationsLog.Noting(new() { AccountId = accountId, Actor = actor, Happened = moved })]);
        await BatchRunner.JoinAsync(connection, work, cancellation);
        signals.AppendedBeside();
        await placement.RefreshAsync(cancellation);
        return work.Answers[0].Position;
    }

    private async Task<AccountMoved> ArrivedAsync(NpgsqlConnection connection, string accountId, LeftReceipt receipt, CancellationToken cancellation)
    {
        var (epoch, moved) = (1, (AccountMoved?)null);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Moves, row => epoch += (int)row.GetInt64(0));
        batch.Query(
            Arrivals,
            row => moved = new() { FromHome = row.GetString(0), ToHome = homes.Name!, FromLedger = row.GetGuid(1), Checkpoint = row.GetInt64(2), Size = receipt.Position, Root = row.GetString(3), Epoch = epoch },
            Parameters.Value(receipt.Position));
        await batch.RunAsync(cancellation);
        return moved is not null && moved.Root == receipt.Root && moved.FromHome == receipt.From
            ? moved
            : throw MoveException.Conflict("other-receipt", $"The history of {accountId} that the receipt is for has not arrived here: {receipt.Position} events of {receipt.From} under the root {receipt.Root}.");
    }
}
