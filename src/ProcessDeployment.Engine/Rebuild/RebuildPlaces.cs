namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// Where jobs are at work, over all nodes: one that is about all accounts, and beside it some that are each about one. Each
/// place has its lock, and its schema for the tables of the next generation. One place is only for accounts with few
/// events, so that those wait at most for each other.
/// </summary>
internal sealed class RebuildPlaces
{
    /// <summary>Of what is about all accounts, and of what nobody else may be at work beside when it is begun.</summary>
    public const int OfAll = 0;

    private const int OfSmall = 3;

    /// <summary>So many events are folded in seconds.</summary>
    public long Small { get; set; } = 100_000;

    /// <summary>All but the one of all accounts.</summary>
    public static IReadOnlyList<int> OfOne { get; } = [1, 2, OfSmall];

    /// <summary>Where a job may be, the best first.</summary>
    /// <param name="accountId">The account it is about; null for all.</param>
    /// <param name="events">How many events that has.</param>
    public IReadOnlyList<int> For(string? accountId, long events) => accountId is null ? [OfAll] : events > Small ? [.. OfOne.Where(place => place != OfSmall)] : [OfSmall, .. OfOne.Where(place => place != OfSmall)];

    /// <summary>Where the tables of a job grow before they take the place of those that answer.</summary>
    public static string SchemaOf(int place) => place == OfAll ? NextTables.Schema : $"{NextTables.Schema}_{place}";
}
