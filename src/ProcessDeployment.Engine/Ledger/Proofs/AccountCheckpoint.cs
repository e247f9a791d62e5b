using System.Text.Json.Serialization;
using ProcessDeployment.Engine.Ledger.Sealing;

namespace ProcessDeployment.Engine.Ledger.Proofs;

/// <summary>A checkpoint, and the proof that it covers an account with a certain head. It shows no other account.</summary>
/// <param name="Checkpoint">The signed checkpoint.</param>
/// <param name="Head">The head of the account.</param>
/// <param name="Index">The place of the account in the tree over all heads.</param>
/// <param name="Path">From the head to the root that the checkpoint signs: hashes in hexadecimal digits, lowest first.</param>
public sealed record AccountCheckpoint(Dsse Checkpoint, AccountHead Head, long Index, IReadOnlyList<string> Path)
{
    /// <summary>The number of the checkpoint.</summary>
    [JsonIgnore]
    public long Number { get; init; }

    /// <summary>When it was made.</summary>
    [JsonIgnore]
    public DateTimeOffset Time { get; init; }
}

/// <summary>The tree of an account at a moment.</summary>
/// <param name="AccountId">Whose it is.</param>
/// <param name="Size">How many events are in it: all up to this position.</param>
/// <param name="Root">Its root, in hexadecimal digits.</param>
public sealed record AccountHead(string AccountId, long Size, string Root);
