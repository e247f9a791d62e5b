namespace ProcessDeployment.Client;

/// <content>Questions about the ledger, which are of now.</content>
public sealed partial class EngineApi
{
    public Task<LedgerStatus> LedgerAsync(CancellationToken cancellation = default) => _requests.GetAsync<LedgerStatus>("ledger", cancellation);

    /// <summary>The last signed checkpoint, with the head of this account.</summary>
    public Task<AccountCheckpoint> CheckpointAsync(CancellationToken cancellation = default) => _requests.GetAsync<AccountCheckpoint>("ledger/checkpoint", cancellation);

    /// <summary>That the event at a position is in the sealed tree of this account.</summary>
    /// <param name="position">The position.</param>
    /// <param name="size">Which tree: that of so many events.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<InclusionProof> InclusionAsync(long position, long size, CancellationToken cancellation = default) =>
        _requests.GetAsync<InclusionProof>($"ledger/proof/{position}{Query.Of("size", size)}", cancellation);

    public Task<LedgerKeys> LedgerKeysAsync(CancellationToken cancellation = default) => _requests.GetAsync<LedgerKeys>("ledger/keys", cancellation);
}
