using System.Security.Cryptography;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Operations;

namespace ProcessDeployment.Engine.Secrets;

/// <summary>
/// Goes on with a new key. Every step can be broken off and done again: the file is there before the database knows the key,
/// a value is under the one key or under the other, and a key goes only when nothing is sealed with it.
/// </summary>
internal sealed class KeyRotation(
    SecretKeys keys, KeyTable table, KeyFiles files, KeyLocks locks, SealedValues values, IOperationsLog operations, EngineOptions options, KeyPace pace, ILogger<KeyRotation> log)
{
    private const string Setting = "key of secret values";

    /// <summary>From now on the new one seals here; on other nodes when they look for it, or meet a value that needs it.</summary>
    public async Task<string> MakeAsync(string actor, CancellationToken cancellation)
    {
        var made = SecretKey.Create();
        files.Write(made);
        await table.AddAsync(made.Id, actor, cancellation);
        await keys.RefreshAsync(cancellation);
        await NoteAsync(cancellation);
        return made.Id;
    }

    /// <summary>Tells the history of the operator's account what it does not know yet; broken off in between it is told once more.</summary>
    public async Task NoteAsync(CancellationToken cancellation)
    {
        if (!keys.Ring.Listed.Any(IsUntold)) return;
        await using var held = await locks.TellAsync(cancellation);
        var listed = (await keys.RefreshAsync(cancellation)).Listed;
        for (var i = 0; i < listed.Count; i++)
        {
            if (listed[i] is not { } key || !IsUntold(key)) continue;
            await operations.RecordAsync(options.Account, key.MadeBy!, new SettingsChanged { Changes = [new(Setting, i > 0 ? listed[i - 1].Id : null, key.Id)] }, cancellation);
            await table.NotedAsync(key.Id, cancellation);
        }
    }

    /// <summary>Seals anew what older keys have sealed, a little at a time.</summary>
    public async Task SealAnewAsync(CancellationToken cancellation)
    {
        var ring = keys.Ring;
        string[] older = [.. ring.All.Keys.Where(id => id != ring.Newest.Id)];
        var step = await values.NextAsync("", older, pace.AtOnce, cancellation);
        for (; step.Count > 0; step = await values.NextAsync(step[^1].Owner, older, pace.AtOnce, cancellation))
            await values.ReplaceAsync([.. step.Select(kept => (Kept: kept, Value: Anew(kept, ring))).Where(anew => anew.Value is not null).Select(anew => (anew.Kept, anew.Value!))], cancellation);
    }

    /// <summary>Removes keys that nothing needs; after a while only, since a node that has not looked yet still seals with them.</summary>
    public async Task RemoveAsync(CancellationToken cancellation)
    {
        foreach (var key in keys.Ring.Listed.Where(key => key is { RemovedAt: null, IsInUse: false } && key.ReplacedFor > pace.Kept))
        {
            if (keys.First.Id == key.Id) files.Write(keys.First);
            if (await table.TryRemoveAsync(key.Id, cancellation)) log.LogInformation("Nothing is sealed with the key {Key} of secret values any more, and it is removed", key.Id);
        }

        foreach (var key in (await keys.RefreshAsync(cancellation)).Listed.Where(key => key.RemovedAt is not null)) files.Remove(key.Id);
    }

    /// <summary>Whether a crash left it, or another folder has it.</summary>
    public bool HasFileOf(ListedKey key) => File.Exists(files.PathOf(key.Id));

    public static bool IsUntold(ListedKey key) => key is { MadeBy: not null, IsNoted: false, RemovedAt: null };

    private SealedValue? Anew(KeptValue kept, KeyRing ring)
    {
        try
        {
            return kept.Anew(ring.All[kept.Sealed.KeyId], ring.Newest);
        }
        catch (CryptographicException)
        {
            // Whoever needs it is told; its key stays.
            log.LogWarning("A sealed value was altered and cannot be sealed anew: {Owner}", kept.Owner);
            return null;
        }
    }
}

/// <summary>How keys are looked after.</summary>
/// <param name="Look">Between two looks for keys of other nodes, and for values under older keys.</param>
/// <param name="Kept">How long a key that was replaced is kept, whether or not anything is sealed with it.</param>
/// <param name="AtOnce">Values sealed anew in one step.</param>
internal sealed record KeyPace(TimeSpan Look, TimeSpan Kept, int AtOnce)
{
    public static KeyPace Default { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromHours(1), 200);
}
