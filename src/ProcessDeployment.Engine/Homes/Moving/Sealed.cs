using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>Waits a little for what comes after events: their checkpoint, and the read models.</summary>
internal sealed class Sealed(LedgerReader ledger, ReadPosition readModels)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>The first checkpoint that covers a position, which is the last one of its account.</summary>
    /// <exception cref="MoveException">There is none yet.</exception>
    public async Task<AccountCheckpoint> CoveringAsync(string accountId, long position, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var timer = new PeriodicTimer(LookAgain);
        try
        {
            while (true)
            {
                if (await ledger.FirstCoveringAsync(accountId, position, patience.Token) is { } checkpoint) return checkpoint;
                await timer.WaitForNextTickAsync(patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw MoveException.NotYet("not-sealed-yet", $"No checkpoint covers position {position} of {accountId} yet; health says whether the ledger is sealed.");
        }
    }

    /// <summary>Deliveries to webhooks are noted as read models are written: only then are all of them there.</summary>
    /// <exception cref="MoveException">They are not there yet.</exception>
    public async Task ReadAsync(string accountId, long position, CancellationToken cancellation)
    {
        if (!await readModels.WaitAsync(accountId, position, Patience, cancellation))
            throw MoveException.NotYet("read-model-behind", $"The read models of {accountId} do not show position {position} yet.");
    }
}
