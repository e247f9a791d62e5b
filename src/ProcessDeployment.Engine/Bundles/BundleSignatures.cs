using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Sealing;

namespace ProcessDeployment.Engine.Bundles;

/// <summary>Signs bundles with the key of the ledger: whoever pinned it needs to trust neither the network nor the database.</summary>
internal sealed class BundleSignatures(LedgerFolder folder, LedgerReader ledger)
{
    public const string PayloadType = "application/vnd.processdeployment.bundle+json";

    private const int Most = 10_000;

    /// <summary>A bundle never changes, so it is read once for its hash.</summary>
    private readonly ConcurrentDictionary<(string AccountId, string Digest), string> _hashes = new();

    /// <summary>Null where this node does not have the key.</summary>
    public async Task<Dsse?> OfAsync(string accountId, string digest, BundleStream bundle, CancellationToken cancellation)
    {
        if (await ledger.KeysAsync(cancellation) is not { Keys: [.., var current] }) return null;
        if (!_hashes.TryGetValue((accountId, digest), out var hash))
        {
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(bundle, cancellation));
            if (_hashes.Count >= Most) _hashes.Clear();
            _hashes[(accountId, digest)] = hash;
        }

        try
        {
            using var key = new KeyFolder(folder.Path).Current(current.Id);
            return key.Sign(JsonSerializer.SerializeToUtf8Bytes(new SignedBundle(accountId, digest, hash, bundle.Length), WireJson.Options), PayloadType);
        }
        catch (SealingException)
        {
            return null;
        }
    }

    /// <summary>What is signed.</summary>
    /// <param name="AccountId">Whose version it is.</param>
    /// <param name="Digest">The digest of the version.</param>
    /// <param name="Sha256">The hash of the bytes of the bundle.</param>
    /// <param name="Length">How many there are.</param>
    private sealed record SignedBundle(string AccountId, string Digest, string Sha256, long Length);
}
