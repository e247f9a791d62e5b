using Npgsql;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>Takes the history of an account out of a move file, whole or not at all. It is closed here until it has left the other home.</summary>
internal sealed class Arrival(Databases databases, HomeOptions homes, AccountList accounts, Sealed seals, ComingSecrets secrets, RetiredEvents retired, Placement placement, PipelineSignals signals)
{
    private const string Make = "insert into process_deployment.account (account_id, away) values ($1, $2) on conflict do nothing";

    private const string Forward = "update process_deployment.account set position = $2, last_time = $3 where account_id = $1";

    private const string Note = """
        insert into process_deployment.account_arrival (account_id, position, after, home, ledger, checkpoint, root) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
        """;

    private const string Touched = "select 1 from process_deployment.command_outcome where account_id = $1 limit 1";

    /// <exception cref="MoveException">It cannot be taken, and nothing of it was.</exception>
    public async Task<Arrived> TakeAsync(string accountId, Stream file, CancellationToken cancellation)
    {
        await using var move = await MoveFile.OpenAsync(file, cancellation);
        var manifest = move.Manifest;
        if (manifest.AccountId != accountId) throw MoveException.BadFile($"The file is of the account {manifest.AccountId}.");
        if (manifest.ToHome != homes.Name) throw MoveException.BadFile($"The file is for the home {manifest.ToHome}; this is {homes.Name ?? "none"}.");
        if (homes.Find(manifest.FromHome) is null) throw MoveException.BadFile($"The file is from the home {manifest.FromHome}, which is not configured here.");
        var checkpoint = CheckedCheckpoint.Of(manifest);
        await using var connection = await databases.OpenSessionAsync(cancellation);
        var columns = await ColumnsOfTables.ReadAsync(connection, TablesOfAccounts.Taken, cancellation);
        FittingTables.Demand(manifest, columns);
        await using (var transaction = await connection.BeginTransactionAsync(cancellation))
        {
            await TakeAsync(connection, move, checkpoint, cancellation);
            await accounts.Announce(accountId);
            await transaction.CommitAsync(cancellation);
        }

        signals.AppendedBeside();
        await placement.RefreshAsync(cancellation);
        return new(accountId, homes.Name!, manifest.Position, manifest.Checkpoint.Head.Root);
    }

    private async Task TakeAsync(NpgsqlConnection connection, MoveFile move, long checkpoint, CancellationToken cancellation)
    {
        var manifest = move.Manifest;
        var here = await LockAsync(connection, manifest, cancellation);
        var (events, rows) = (new StagedEvents(connection, manifest.AccountId), new TakenRows(connection, manifest.AccountId));
        await events.MakeAsync(cancellation);
        foreach (var table in TablesOfAccounts.Replaced) await rows.EmptyAsync(table, cancellation);
        foreach (var table in TablesOfAccounts.Taken)
        {
            await foreach (var lines in move.RowsAsync(table, cancellation)) await rows.AddAsync(table, ColumnsOf(manifest, table), secrets.Anew(table, lines), cancellation);
        }

        await events.IndexAsync(cancellation);
        await DemandAsync(events, manifest, here, cancellation);
        await using var batch = new AccountBatch(connection, manifest.AccountId);
        batch.Execute(Forward, Parameters.Value(manifest.Position), Parameters.Value(await events.TimeOfAsync(manifest.Position, cancellation)));
        batch.Execute(
            Note, Parameters.Value(manifest.Position), Parameters.Value(here), Parameters.Value(manifest.FromHome), new NpgsqlParameter<Guid> { TypedValue = manifest.Keys.Ledger },
            Parameters.Value(checkpoint), Parameters.Value(manifest.Checkpoint.Head.Root));
        AccountMoves.Set(batch, AccountMoves.HasArrived, manifest.FromHome, manifest.Position, isAway: true);
        await batch.RunAsync(cancellation);
        await events.PutAsync(ColumnsOf(manifest, TablesOfAccounts.Events), here, cancellation);
    }

    /// <summary>Holds the account, which nobody else can have open here.</summary>
    /// <returns>How far its history has come here before.</returns>
    private static async Task<long> LockAsync(NpgsqlConnection connection, MoveManifest manifest, CancellationToken cancellation)
    {
        await using (var batch = new AccountBatch(connection, manifest.AccountId))
        {
            batch.Execute(Make, Parameters.Value(manifest.FromHome));
            await batch.RunAsync(cancellation);
        }

        var state = (await AccountMoves.LockAsync(connection, manifest.AccountId, cancellation))!;
        if (state.State is not (AccountMoves.Left or AccountMoves.HasArrived) && await IsTouchedAsync(connection, manifest.AccountId, state, cancellation))
            throw MoveException.Conflict("not-away", $"There is an account {manifest.AccountId} here already, which {state.InWords}.");
        if (state.Position > manifest.Position) throw MoveException.Conflict("older-history", $"The file ends at position {manifest.Position}, but {state.Position} are here already: it is an older one.");
        return state.Position;
    }

    /// <summary>One that was made before its move, and in which nothing has happened, is none.</summary>
    private static async Task<bool> IsTouchedAsync(NpgsqlConnection connection, string accountId, MoveState state, CancellationToken cancellation)
    {
        var touched = state.Position > 0 || state.State is not null;
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Touched, _ => touched = true);
        await batch.RunAsync(cancellation);
        return touched;
    }

    private async Task DemandAsync(StagedEvents events, MoveManifest manifest, long here, CancellationToken cancellation)
    {
        await events.DemandKnownTypesAsync(EventTypes.All.Select(known => known.WireName).Concat(retired.ByName.Keys), cancellation);
        await events.DemandPlainAsync(cancellation);
        var (root, first) = await events.RootsAsync(here, cancellation);
        if (Convert.ToHexStringLower(root) != manifest.Checkpoint.Head.Root)
            throw MoveException.BadFile($"The events of the file are not the {manifest.Position} that were sealed: the root over them is {Convert.ToHexStringLower(root)}, and that of the checkpoint {manifest.Checkpoint.Head.Root}.");
        if (here == 0) return;
        AccountCheckpoint sealedHere = await seals.CoveringAsync(manifest.AccountId, here, cancellation);
        if (Convert.ToHexStringLower(first) != sealedHere.Head.Root) throw MoveException.Conflict("other-history", $"The first {here} events of the file are not those that are here.");
        await events.DemandNotRedactedSinceAsync(here, cancellation);
    }

    private static IReadOnlyList<string> ColumnsOf(MoveManifest manifest, TakenTable table) => manifest.Tables.Single(said => said.Name == table.Name).Columns;
}
