using System.Data;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>Writes the move file of an account that is leaving: all of one moment, row by row.</summary>
internal sealed class HistoryWriter(Databases databases, HomeOptions homes, Sealed seals, LedgerReader ledger)
{
    /// <summary>A large account takes as long as there are rows.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>What is to be written, once all of it is sealed and shown.</summary>
    /// <exception cref="MoveException">It is not leaving, or not sealed yet.</exception>
    public async Task<MoveManifest> PrepareAsync(string accountId, CancellationToken cancellation)
    {
        MoveState? state;
        await using (var connection = await databases.Shared.OpenConnectionAsync(cancellation)) state = await AccountMoves.FindAsync(connection, accountId, cancellation);
        if (state is null) throw MoveException.Unknown(accountId);
        if (state.State != AccountMoves.Leaving) throw MoveException.Conflict("not-leaving", $"The account {accountId} {state.InWords}: its history is handed out while it is leaving.");
        await seals.ReadAsync(accountId, state.MovedAt, cancellation);
        var checkpoint = await seals.CoveringAsync(accountId, state.MovedAt, cancellation);
        var keys = await ledger.KeysAsync(checkpoint.Number, cancellation);
        return new(MoveManifest.Known, accountId, homes.Name!, state.Home!, state.MovedAt, checkpoint, keys!, []);
    }

    public async Task WriteAsync(MoveManifest prepared, Stream output, CancellationToken cancellation)
    {
        await using var connection = await databases.OpenForReadingAsync(cancellation);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var state = await AccountMoves.FindAsync(connection, prepared.AccountId, cancellation);
        // Whoever gave the move up meanwhile gets no file, rather than one of half a day later.
        if (state?.IsLeavingFor(prepared.ToHome) is not true || state.MovedAt != prepared.Position) throw MoveException.Conflict("not-leaving", $"The account {prepared.AccountId} is not leaving any more.");
        var columns = await ColumnsOfTables.ReadAsync(connection, TablesOfAccounts.Taken, cancellation);
        var archive = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        await using (archive)
        {
            var tables = new List<MovedTable>();
            foreach (var table in TablesOfAccounts.Taken) tables.Add(await WriteAsync(archive, connection, prepared.AccountId, table, [.. columns[table.Name].Select(column => column.Name)], cancellation));
            await using var entry = await archive.CreateEntry(MoveManifest.File, CompressionLevel.Fastest).OpenAsync(cancellation);
            await entry.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(prepared with { Tables = tables }, WireJson.Options), cancellation);
        }
    }

    private static async Task<MovedTable> WriteAsync(ZipArchive archive, NpgsqlConnection connection, string accountId, TakenTable table, IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        var rows = 0L;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var entry = await archive.CreateEntry(table.File, CompressionLevel.Fastest).OpenAsync(cancellation);
        await using var buffered = new BufferedStream(entry, 1 << 16);
        await using var batch = new AccountBatch(connection, accountId, Longest);
        var listed = string.Join(", ", columns.Select(ColumnsOfTables.Quoted));
        batch.Stream(
            $"select to_jsonb(t)::text from (select {listed} from {table.InSql} where {table.Account} = $1{(table.Order is { } order ? $" order by {order}" : "")}) t",
            async (row, stop) =>
            {
                var line = Encoding.UTF8.GetBytes(row.GetString(0) + "\n");
                hash.AppendData(line);
                rows++;
                await buffered.WriteAsync(line, stop);
            });
        await batch.RunAsync(cancellation);
        return new(table.Name, columns, rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
