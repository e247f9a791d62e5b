using Npgsql;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>The steps of a move in the home that an account leaves: it is closed, and then either let go or opened again.</summary>
internal sealed class Departure(Databases databases, HomeOptions homes, EngineOptions engine, MovableAccount movable, Sealed seals, Placement placement)
{
    /// <summary>Closes an account: from the commit on no command takes effect, on any node. Asked again for the same home it says the same again.</summary>
    /// <returns>How far its history has come.</returns>
    /// <exception cref="MoveException">It cannot leave, or not for there.</exception>
    public async Task<long> LeaveAsync(string accountId, string to, CancellationToken cancellation)
    {
        var others = homes.All.Select(home => home.Name).Where(name => name != homes.Name).ToList();
        if (!others.Contains(to)) throw MoveException.Conflict("unknown-home", $"There is no other home \"{to}\". {(others.Count == 0 ? "None is configured: Homes__…__Url says where one is." : $"There are: {string.Join(", ", others)}.")}");
        if (accountId == engine.Account) throw MoveException.Conflict("operators-account", $"{accountId} is the account of the operator of this home (PROCESSDEPLOYMENT_ACCOUNT), in which the engine notes what is done to it. It stays.");
        var position = await InLockAsync(accountId, async (connection, state) =>
        {
            if (state.IsLeavingFor(to)) return state.MovedAt;
            if (state.Away is not null) throw MoveException.Conflict("account-away", $"The account {accountId} {state.InWords}.");
            if (state.Position == 0) throw MoveException.Conflict("nothing-to-move", $"Nothing has happened in the account {accountId} yet. Make it in the other home, and take it out of the configuration of this one.");
            await movable.DemandAsync(connection, accountId, cancellation);
            await SetAsync(connection, accountId, AccountMoves.Leaving, to, state.Position, isAway: true, cancellation);
            return state.Position;
        }, cancellation);
        await placement.RefreshAsync(cancellation);
        return position;
    }

    /// <summary>Lets an account go for good that has arrived elsewhere. Asked again it says the same again.</summary>
    /// <exception cref="MoveException">It is not leaving for there, or what arrived is not what it is here.</exception>
    public async Task<LeftReceipt> LetGoAsync(string accountId, Arrived arrived, CancellationToken cancellation)
    {
        var receipt = await InLockAsync(accountId, async (connection, state) =>
        {
            if (!state.IsLeavingFor(arrived.Home) && (state.State != AccountMoves.Left || state.Home != arrived.Home))
                throw MoveException.Conflict("not-leaving", $"The account {accountId} {state.InWords}; it is not leaving for {arrived.Home}.");
            var root = (await seals.CoveringAsync(accountId, state.MovedAt, cancellation)).Head.Root;
            if (arrived.AccountId != accountId || arrived.Position != state.MovedAt || arrived.Root != root)
                throw MoveException.Conflict("other-history", $"What is in {arrived.Home} is not the history that {accountId} has here: {state.MovedAt} events under the root {root}. Take the file there anew.");
            if (state.State == AccountMoves.Leaving) await SetAsync(connection, accountId, AccountMoves.Left, arrived.Home, state.MovedAt, isAway: true, cancellation);
            return new LeftReceipt(accountId, homes.Name!, arrived.Home, state.MovedAt, root);
        }, cancellation);
        await placement.RefreshAsync(cancellation);
        return receipt;
    }

    /// <summary>Gives a move up before the account has left: where it was leaving it is open again, and where it had arrived it counts as being in the home it came from.</summary>
    /// <exception cref="MoveException">It has left, or was opened.</exception>
    public async Task StayAsync(string accountId, CancellationToken cancellation)
    {
        await InLockAsync(accountId, async (connection, state) =>
        {
            if (state.State == AccountMoves.Left) throw MoveException.Conflict("has-left", $"The account {accountId} {state.InWords}. It comes back by being moved from there.");
            if (state.State == AccountMoves.Leaving) await SetAsync(connection, accountId, AccountMoves.Here, state.Home!, state.MovedAt, isAway: false, cancellation);
            // What came with it is kept: the other home may have let it go all the same.
            if (state.State == AccountMoves.HasArrived) await SetAsync(connection, accountId, AccountMoves.Left, state.Home!, state.MovedAt, isAway: true, cancellation, empties: false);
            return 0;
        }, cancellation);
        await placement.RefreshAsync(cancellation);
    }

    private async Task<T> InLockAsync<T>(string accountId, Func<NpgsqlConnection, MoveState, Task<T>> step, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var state = await AccountMoves.LockAsync(connection, accountId, cancellation) ?? throw MoveException.Unknown(accountId);
        var result = await step(connection, state);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    private static async Task SetAsync(NpgsqlConnection connection, string accountId, string state, string home, long position, bool isAway, CancellationToken cancellation, bool empties = true)
    {
        await using var batch = new AccountBatch(connection, accountId);
        AccountMoves.Set(batch, state, home, position, isAway);
        if (state == AccountMoves.Left && empties)
        {
            foreach (var table in TablesOfAccounts.EmptiedWhenLeft) batch.Execute($"delete from process_deployment.{table} where account_id = $1");
        }

        await batch.RunAsync(cancellation);
    }
}
