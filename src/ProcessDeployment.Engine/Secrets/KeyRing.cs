using System.Collections.Frozen;

namespace ProcessDeployment.Engine.Secrets;

/// <summary>The keys that are here, as they were found.</summary>
/// <param name="All">By their ids.</param>
/// <param name="Newest">Seals.</param>
/// <param name="First">Marks fingerprints, which must stay the same while commands may be repeated.</param>
/// <param name="Listed">What the database says of keys, those that were removed too.</param>
internal sealed record KeyRing(FrozenDictionary<string, SecretKey> All, SecretKey Newest, FingerprintKey First, IReadOnlyList<ListedKey> Listed)
{
    /// <summary>What other keys mark with: repeats of commands that were judged in another home are known by them.</summary>
    public IReadOnlyList<FingerprintKey> OtherMarks { get; init; } = [];

    /// <summary>Keys that values need and that are not here.</summary>
    public IEnumerable<ListedKey> Missing => Listed.Where(key => key.IsInUse && !All.ContainsKey(key.Id));

    /// <summary>False where another node has made a newer key and keeps it to itself: its folder is another one.</summary>
    public bool IsCurrent => Listed.Last(key => key.RemovedAt is null).Id == Newest.Id;

    /// <summary>Null where there is none yet.</summary>
    public static KeyRing? Of(IReadOnlyList<ListedKey> listed, KeyFiles files)
    {
        var keys = new List<SecretKey>();
        FingerprintKey? first = null;
        foreach (var one in listed)
        {
            // What stayed of one that is being removed comes before the key: both mark alike.
            var key = one.RemovedAt is null ? files.Find(one.Id) : null;
            first ??= files.FindMarks(one.Id) ?? key?.Marks;
            if (key is not null) keys.Add(key);
        }

        return keys.Count == 0 || first is null ? null : new(keys.ToFrozenDictionary(key => key.Id, StringComparer.Ordinal), keys[^1], first, listed)
        {
            OtherMarks = [.. files.AllMarks().Where(marks => marks.Id != first.Id)],
        };
    }
}
