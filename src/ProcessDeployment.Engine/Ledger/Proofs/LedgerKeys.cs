using System.Text.Json.Serialization;
using ProcessDeployment.Engine.Ledger.Sealing;

namespace ProcessDeployment.Engine.Ledger.Proofs;

/// <summary>The keys that checkpoints were signed with, in their order.</summary>
/// <param name="Ledger">Which ledger it is.</param>
/// <param name="Keys">The first is trusted because auditors were given it; each other because the one before it signed that it is the next.</param>
public sealed record LedgerKeys(Guid Ledger, IReadOnlyList<LedgerKey> Keys);

/// <summary>A public key.</summary>
/// <param name="Id">The first 16 bytes of its SHA-256, in hexadecimal digits.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, as base64.</param>
/// <param name="Rotation">The checkpoint that names it the next key; null for the first key.</param>
public sealed record LedgerKey(string Id, byte[] PublicKey, Dsse? Rotation)
{
    /// <summary>The checkpoint that named it; 0 for the first key.</summary>
    [JsonIgnore]
    public long FromCheckpoint { get; init; }
}
