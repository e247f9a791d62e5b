namespace ProcessDeployment.Engine.Ledger.Proofs;

/// <summary>How the ledger stands.</summary>
/// <param name="AccountId">Whose events are counted.</param>
/// <param name="Position">The position of the account.</param>
/// <param name="Sealed">Up to which position a checkpoint covers it.</param>
/// <param name="Checkpoint">The number of the last checkpoint.</param>
/// <param name="Time">When that was made.</param>
/// <param name="KeyId">The key that signed it.</param>
/// <param name="SealingHere">Whether it is this node that seals.</param>
/// <param name="Trouble">What stands against sealing; null when nothing does.</param>
public sealed record LedgerStatus(string AccountId, long Position, long Sealed, long Checkpoint, DateTimeOffset? Time, string? KeyId, bool SealingHere, string? Trouble);
