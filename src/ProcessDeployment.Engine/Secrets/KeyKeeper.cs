namespace ProcessDeployment.Engine.Secrets;

/// <summary>Looks for keys that other nodes made, and brings to an end what a rotation began: on one node among all, whoever holds the lock.</summary>
internal sealed class KeyKeeper(SecretKeys keys, KeyRotation rotation, KeyLocks locks, KeyPace pace, ILogger<KeyKeeper> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pace.Look);
        string? trouble = null;
        try
        {
            do
            {
                try
                {
                    await LookAsync(stoppingToken);
                    trouble = null;
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    if (trouble != e.Message) log.LogWarning("The keys of secret values are not looked after for the moment: {Why}", e.Message);
                    trouble = e.Message;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The engine stops; what was begun goes on at the next start.
        }
    }

    internal async Task LookAsync(CancellationToken cancellation)
    {
        var ring = await keys.RefreshAsync(cancellation);
        if (!ring.IsCurrent) throw new InvalidOperationException($"another node has made the key {ring.Listed[^1].Id}, which is not in the folder of this one: nodes share the folder PROCESSDEPLOYMENT_LEDGER");
        if (!IsUnfinished(ring)) return;
        await using var held = await locks.TryKeepAsync(cancellation);
        if (held is null) return;
        await keys.RefreshAsync(cancellation);
        await rotation.NoteAsync(cancellation);
        await rotation.SealAnewAsync(cancellation);
        await keys.RefreshAsync(cancellation);
        await rotation.RemoveAsync(cancellation);
    }

    /// <summary>A key that is not told of, values under an older one, one that waits to be removed, or the file of one that was.</summary>
    private bool IsUnfinished(KeyRing ring) => ring.Listed.Any(key => key.RemovedAt is null
        ? KeyRotation.IsUntold(key) || (key.Id != ring.Newest.Id && (key.IsInUse || key.ReplacedFor > pace.Kept))
        : rotation.HasFileOf(key));
}
