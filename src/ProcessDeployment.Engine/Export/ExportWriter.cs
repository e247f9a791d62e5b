using System.Reflection;
using System.Text.Json;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Export;

/// <summary>Writes a bundle, file by file; what it needs in memory does not grow with the period.</summary>
internal sealed class ExportWriter(Databases databases, LedgerReader ledger, ExportSignatures signatures)
{
    private const string HowTo = "how-to/";

    public async Task WriteAsync(ExportScope scope, Stream output, Action<long> written, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        using var bundle = new Bundle(output);
        foreach (var name in Readings()) await bundle.WriteAsideAsync(name[HowTo.Length..].Replace('\\', '/'), await ReadAsync(name));
        await Population.WriteAsync(bundle, connection, scope, cancellation);
        await DeploymentsOfPeriod.WriteAsync(bundle, connection, scope, cancellation);
        await ProofAsync(bundle, scope, cancellation);
        await bundle.WriteAsync("events.jsonl", file => EventLines.WriteAsync(file, connection, scope, written, cancellation));
        if (scope.Redactions.Count > 0) await bundle.WriteAsync(RedactionLines.File, file => RedactionLines.WriteAsync(file, connection, ledger, scope, scope.Redactions, cancellation));
        if (scope.Skips.Count > 0) await bundle.WriteAsync(RedactionLines.Skipped, file => RedactionLines.WriteAsync(file, connection, ledger, scope, scope.Skips, cancellation));
        var manifest = Json(ExportManifest.Of(scope, bundle.Hashes));
        await bundle.WriteAsideAsync("manifest.json", manifest);
        if (await signatures.OfAsync(scope, manifest, cancellation) is not { } signature) return;
        await bundle.WriteAsideAsync("signature.json", signature);
        if (await LaterKeysAsync(scope, signature, cancellation) is { } later) await bundle.WriteAsideAsync("signature-keys.json", Json(later));
    }

    /// <summary>The keys up to the one that signed, where that came after the checkpoint: <c>keys.json</c> ends with the checkpoint.</summary>
    private async Task<LedgerKeys?> LaterKeysAsync(ExportScope scope, byte[] signature, CancellationToken cancellation)
    {
        var keyId = JsonSerializer.Deserialize<Dsse>(signature, WireJson.Options)!.Signatures[0].KeyId;
        if (await ledger.KeysAsync(cancellation) is not { } all || all.Keys.FirstOrDefault(key => key.Id == keyId) is not { } used || used.FromCheckpoint <= scope.Pinned.Number) return null;
        return all with { Keys = [.. all.Keys.TakeWhile(key => key.FromCheckpoint <= used.FromCheckpoint)] };
    }

    private async Task ProofAsync(Bundle bundle, ExportScope scope, CancellationToken cancellation)
    {
        await bundle.WriteAsync("checkpoint.json", Json(scope.Pinned));
        await bundle.WriteAsync("proof.json", Json(await ledger.RangeAsync(scope.AccountId, scope.FirstLine, scope.LastLine, scope.Size, cancellation)));
        await bundle.WriteAsync("keys.json", Json(await ledger.KeysAsync(scope.Pinned.Number, cancellation)));
        await bundle.WriteAsync("leaves.bin", async file =>
        {
            await foreach (var hashes in ledger.LeafHashesAsync(scope.AccountId, scope.FirstLine, scope.LastLine, cancellation)) await file.WriteAsync(hashes);
        });
    }

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Options);

    /// <summary>The how-to page and the verifiers, as this program carries them. They are not part of what is exported: a later version may bring other ones.</summary>
    private static IEnumerable<string> Readings() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(HowTo, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static async Task<byte[]> ReadAsync(string name)
    {
        await using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var content = new MemoryStream();
        await resource.CopyToAsync(content);
        return content.ToArray();
    }
}
