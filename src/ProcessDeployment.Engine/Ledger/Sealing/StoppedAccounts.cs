using System.Diagnostics;

namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>
/// The accounts that are not sealed any further, with an alarm for each. What is wrong may be mended, so they are looked at
/// again; what it costs to look must not grow with what waits there.
/// </summary>
internal sealed class StoppedAccounts(SealerStatus status, ILogger log, TimeSpan lookAgain)
{
    private readonly Dictionary<string, Stopped> _stopped = new(StringComparer.Ordinal);

    /// <summary>The position of an account is less than what is sealed of it.</summary>
    public void CutOff(string accountId, long position, long size) =>
        Stop(accountId, new(position, null, true, 0), $"Account {accountId} is at position {position}, but {size} are sealed: its end was cut off.");

    /// <summary>An account cannot be sealed up to its position.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="size">How much of it is sealed.</param>
    /// <param name="position">Its position.</param>
    /// <param name="upTo">How far it was looked at.</param>
    /// <param name="missing">The first position that no event has; null when something else is wrong with one.</param>
    public void Broken(string accountId, long size, long position, long upTo, long? missing) => Stop(
        accountId, new(position, missing, false, Stopwatch.GetTimestamp()),
        missing is { } gap
            ? $"Account {accountId} has no event at position {gap}, but is at {upTo}: it is not sealed any further."
            : $"Account {accountId} has events from {size + 1} to {upTo} that cannot be hashed: it is not sealed any further.");

    /// <summary>It is in order again.</summary>
    public void Mended(string accountId)
    {
        if (!_stopped.Remove(accountId)) return;
        status.Resume(accountId);
        log.LogWarning("Account {Account} is in order again: sealing of it goes on", accountId);
    }

    /// <summary>Whether sealing may be tried. Where a position is missing, it is once an event has it, or the account is before it.</summary>
    public async ValueTask<bool> MayGoOnAsync(string accountId, long position, Func<long, Task<bool>> exists)
    {
        if (!_stopped.TryGetValue(accountId, out var stopped)) return true;
        if (stopped.IsCutOff || position < stopped.Missing)
        {
            Mended(accountId);
            return true;
        }

        var waited = Stopwatch.GetElapsedTime(stopped.LookedAt) >= lookAgain;
        if (stopped.Missing is not { } missing) return waited;
        if (!waited && position == stopped.Position) return false;
        _stopped[accountId] = stopped with { Position = position, LookedAt = Stopwatch.GetTimestamp() };
        return await exists(missing);
    }

    private void Stop(string accountId, Stopped stopped, string why)
    {
        _stopped[accountId] = stopped;
        if (status.Stop(accountId, why)) log.LogCritical("{Why}", why);
    }

    /// <param name="Position">The position at which it was looked at last.</param>
    /// <param name="Missing">The position that is missing, where it is that.</param>
    /// <param name="IsCutOff">The position is less than what is sealed.</param>
    /// <param name="LookedAt">When it was looked at last.</param>
    private sealed record Stopped(long Position, long? Missing, bool IsCutOff, long LookedAt);
}
