using System.Collections.Concurrent;
using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>Who may do what in each account, as it was looked up last. Whoever relies on one asks the store first, or under the account's lock afterwards, whether it still is so.</summary>
public sealed class AccessPictures
{
    private readonly ConcurrentDictionary<string, AccessPicture> _known = new(StringComparer.Ordinal);

    /// <summary>Null for an account that nobody looked at yet.</summary>
    public AccessPicture? Of(string accountId) => _known.GetValueOrDefault(accountId);

    public void Keep(string accountId, AccessPicture picture)
    {
        // Rows that an older node has rebuilt bear no mark: nobody could tell whether they are still the same.
        if (picture.Length == 0 || picture.Mark is not null) _known[accountId] = picture;
    }
}

/// <summary>Who may do what in an account at one moment.</summary>
/// <param name="Length">How long the stream of its access was.</param>
/// <param name="Mark">Made anew whenever the rows are written: after a restore a stream may be as long as it was, and say something else.</param>
/// <param name="State">What was so.</param>
public sealed record AccessPicture(long Length, Guid? Mark, AccessState State)
{
    /// <summary>Of an account about whose access nothing was ever said.</summary>
    public static readonly AccessPicture None = new(0, null, AccessState.None);

    /// <summary>With one more row of what the store says; its last columns are empty where nothing stands any more, or where all is as it is remembered.</summary>
    public AccessPicture With(long length, Guid? mark, AccessEvent? stands, AccessPicture? remembered) =>
        stands is null && remembered is not null && (remembered.Length, remembered.Mark) == (length, mark) ? remembered : new(length, mark, stands is null ? State : State.Evolve(stands));
}
