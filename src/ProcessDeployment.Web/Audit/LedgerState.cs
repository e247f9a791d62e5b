using System.Text.Json.Serialization;
using ProcessDeployment.Client;
using ProcessDeployment.Client.Proofs;

namespace ProcessDeployment.Web.Audit;

/// <summary>How the ledger stands, with the checkpoint that says so and the keys it may be signed with.</summary>
public sealed record LedgerState(LedgerStatus Status, AccountCheckpoint Checkpoint, LedgerKeys Keys)
{
    [JsonIgnore]
    public CheckpointPayload Payload { get; } = ProofCheck.PayloadOf(Checkpoint.Checkpoint);

    /// <summary>How many changes no checkpoint covers yet.</summary>
    [JsonIgnore]
    public long Behind => Math.Max(0, Status.Position - Status.Sealed);
}
