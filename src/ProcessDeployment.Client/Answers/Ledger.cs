namespace ProcessDeployment.Client;

/// <summary>How the ledger stands.</summary>
/// <param name="AccountId">Whose events are counted.</param>
/// <param name="Position">The position of the account.</param>
/// <param name="Sealed">Up to which position a checkpoint covers it.</param>
/// <param name="Checkpoint">The number of the last checkpoint.</param>
/// <param name="Time">When that was made.</param>
/// <param name="KeyId">The key that signed it.</param>
/// <param name="Trouble">What stands against sealing; null when nothing does.</param>
public sealed record LedgerStatus(string AccountId, long Position, long Sealed, long Checkpoint, DateTimeOffset? Time, string? KeyId, string? Trouble);

/// <summary>A signed document (DSSE).</summary>
public sealed record SignedDocument(string PayloadType, byte[] Payload, IReadOnlyList<DocumentSignature> Signatures);

public sealed record DocumentSignature(string Keyid, byte[] Sig);

/// <summary>A checkpoint, and the proof that it covers the account with a certain head: what an auditor keeps.</summary>
/// <param name="Checkpoint">The signed checkpoint.</param>
/// <param name="Head">The head of the account.</param>
/// <param name="Index">The place of the account in the tree over all heads.</param>
/// <param name="Path">From the head to the root that the checkpoint signs: hashes in hexadecimal digits, lowest first.</param>
public sealed record AccountCheckpoint(SignedDocument Checkpoint, AccountHead Head, long Index, IReadOnlyList<string> Path);

/// <summary>The tree of an account at a moment.</summary>
/// <param name="AccountId">Whose it is.</param>
/// <param name="Size">How many events are in it: all up to this position.</param>
/// <param name="Root">Its root, in hexadecimal digits.</param>
public sealed record AccountHead(string AccountId, long Size, string Root);

/// <summary>What a checkpoint signs.</summary>
public sealed record CheckpointPayload(Guid Ledger, long Number, DateTimeOffset Time, long Accounts, string Root, string? Previous, string Key, NextKey? NextKey);

/// <summary>The key that signs all later checkpoints.</summary>
public sealed record NextKey(string Id, byte[] PublicKey);

/// <summary>That an event is in a tree (RFC 9162, 2.1.3).</summary>
/// <param name="Position">The position of the event.</param>
/// <param name="Size">Of how many events the tree is.</param>
/// <param name="LeafHash">The hash of the event.</param>
/// <param name="Path">The siblings on the way to the root, lowest first: hashes of 32 bytes one after another.</param>
public sealed record InclusionProof(long Position, long Size, byte[] LeafHash, byte[] Path);

/// <summary>The keys that checkpoints were signed with, in their order.</summary>
/// <param name="Ledger">Which ledger it is.</param>
/// <param name="Keys">The first is trusted because auditors were given it; each other because the one before it signed that it is the next.</param>
public sealed record LedgerKeys(Guid Ledger, IReadOnlyList<LedgerKey> Keys);

/// <summary>A public key.</summary>
/// <param name="Id">The first 16 bytes of its SHA-256, in hexadecimal digits.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo.</param>
/// <param name="Rotation">The checkpoint that names it the next key; null for the first key.</param>
public sealed record LedgerKey(string Id, byte[] PublicKey, SignedDocument? Rotation);
