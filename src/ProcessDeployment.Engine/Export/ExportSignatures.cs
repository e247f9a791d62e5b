using System.Text.Json;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Export;

/// <summary>
/// Signs what is exported with the key of the ledger. No two signatures of one text are alike, so the first one is kept and
/// handed out again.
/// </summary>
internal sealed class ExportSignatures(Databases databases, LedgerFolder folder, LedgerReader ledger)
{
    public const string PayloadType = "application/vnd.processdeployment.export+json";

    private const string Kept = "select signature from process_deployment.export where account_id = $1 and export_id = $2 and signature is not null";

    private const string Keep = """
        update process_deployment.export set signature = $3 where account_id = $1 and export_id = $2 returning signature
        """;

    /// <summary>Null where this node does not have the key: then the checkpoint is all there is, and it is enough.</summary>
    public async Task<byte[]?> OfAsync(ExportScope scope, byte[] manifest, CancellationToken cancellation)
    {
        byte[]? signature = null;
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await AskAsync(Kept, []);
        if (Fits(signature, manifest)) return signature;
        if (await SignAsync(manifest, cancellation) is not { } made) return null;
        await AskAsync(Keep, [new() { Value = made }]);
        return made;

        async Task AskAsync(string sql, Npgsql.NpgsqlParameter[] more)
        {
            await using var batch = new AccountBatch(connection, scope.AccountId);
            batch.Query(sql, row => signature = row.GetFieldValue<byte[]>(0), [Parameters.Value(scope.Id), .. more]);
            await batch.RunAsync(cancellation);
        }
    }

    /// <summary>A later version may word a change in another way; what it writes is signed anew.</summary>
    private static bool Fits(byte[]? signature, byte[] manifest) =>
        signature is not null && JsonSerializer.Deserialize<Dsse>(signature, WireJson.Options)!.Payload.AsSpan().SequenceEqual(manifest);

    private async Task<byte[]?> SignAsync(byte[] manifest, CancellationToken cancellation)
    {
        if (await ledger.KeysAsync(cancellation) is not { Keys: [.., var current] }) return null;
        try
        {
            using var key = new KeyFolder(folder.Path).Current(current.Id);
            return JsonSerializer.SerializeToUtf8Bytes(key.Sign(manifest, PayloadType), WireJson.Options);
        }
        catch (SealingException)
        {
            return null;
        }
    }
}
