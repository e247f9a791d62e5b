using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Client.Proofs;

/// <summary>What holding a proof against a checkpoint and the keys found, step by step.</summary>
/// <param name="Root">The root that event and path lead to, in hexadecimal digits; null where they lead nowhere.</param>
/// <param name="IsInTree">It is the root of the account that the checkpoint covers.</param>
/// <param name="IsCovered">The head of the account leads to the root that the checkpoint signs.</param>
/// <param name="IsSigned">The checkpoint is signed with the key it names.</param>
/// <param name="IsKeyOfLedger">Each key up to that one was named the next by the one before it, and none is another than its id says.</param>
public sealed record ProofCheck(string? Root, bool IsInTree, bool IsCovered, bool IsSigned, bool IsKeyOfLedger)
{
    public bool Holds => IsInTree && IsCovered && IsSigned && IsKeyOfLedger;

    /// <exception cref="JsonException">What is signed is no checkpoint.</exception>
    public static ProofCheck Of(InclusionProof proof, AccountCheckpoint kept, LedgerKeys keys)
    {
        var (root, head, checkpoint) = (MerkleTree.Root(proof.LeafHash, proof.Position - 1, proof.Size, proof.Path), kept.Head, PayloadOf(kept.Checkpoint));
        var hex = root is null ? null : Convert.ToHexStringLower(root);
        var top = PathOf(kept.Path) is { } path ? MerkleTree.Root(MerkleTree.Leaf(LeafOf(head)), kept.Index, checkpoint.Accounts, path) : null;
        return new(
            hex,
            proof.Size == head.Size && hex == head.Root,
            top is not null && Convert.ToHexStringLower(top) == checkpoint.Root,
            keys.Keys.Any(key => key?.Id == checkpoint.Key && IsSignedBy(kept.Checkpoint, key)),
            keys.Ledger == checkpoint.Ledger && LeadTo(keys.Keys, checkpoint.Key));
    }

    /// <exception cref="JsonException">It signs something else.</exception>
    public static CheckpointPayload PayloadOf(SignedDocument checkpoint) =>
        JsonSerializer.Deserialize<CheckpointPayload>(checkpoint.Payload, WireJson.Options) ?? throw new JsonException("null");

    /// <summary>Null where it is none: what somebody made up must not stop those who look at it.</summary>
    private static byte[]? PathOf(IReadOnlyList<string> hashes)
    {
        const int HashSize = SHA256.HashSizeInBytes;
        var path = new byte[hashes.Count * HashSize];
        for (var i = 0; i < hashes.Count; i++)
        {
            if (hashes[i] is not { Length: 2 * HashSize } hash || Convert.FromHexString(hash, path.AsSpan(i * HashSize, HashSize), out _, out _) != OperationStatus.Done) return null;
        }

        return path;
    }

    /// <summary>As eventschema/ledger.md has it: names of accounts need no escapes.</summary>
    private static byte[] LeafOf(AccountHead head) => Encoding.UTF8.GetBytes(FormattableString.Invariant($"[\"processdeployment-head/1\", \"{head.AccountId}\", {head.Size}, \"{head.Root}\"]"));

    private static bool LeadTo(IReadOnlyList<LedgerKey> keys, string wanted)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i] is null || !IsItself(keys[i]) || (i > 0 && !IsNamedBy(keys[i - 1], keys[i]))) return false;
            if (keys[i].Id == wanted) return true;
        }

        return false;
    }

    private static bool IsItself(LedgerKey key) => key.Id == Convert.ToHexStringLower(SHA256.HashData(key.PublicKey).AsSpan(0, 16));

    private static bool IsNamedBy(LedgerKey former, LedgerKey key) => key.Rotation is { } rotation && IsSignedBy(rotation, former)
        && PayloadOf(rotation) is { NextKey: { } next } named && named.Key == former.Id && next.Id == key.Id && next.PublicKey.AsSpan().SequenceEqual(key.PublicKey);

    private static bool IsSignedBy(SignedDocument document, LedgerKey key)
    {
        try
        {
            using var verifier = ECDsa.Create();
            verifier.ImportSubjectPublicKeyInfo(key.PublicKey, out _);
            byte[] signed = [.. Encoding.UTF8.GetBytes(FormattableString.Invariant($"DSSEv1 {Encoding.UTF8.GetByteCount(document.PayloadType)} {document.PayloadType} {document.Payload.Length} ")), .. document.Payload];
            return document.Signatures.Any(signature => signature is not null && verifier.VerifyData(signed, signature.Sig, HashAlgorithmName.SHA256));
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            return false;
        }
    }
}
