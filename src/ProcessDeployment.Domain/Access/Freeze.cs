using System.Collections.Immutable;
using System.Globalization;

namespace ProcessDeployment.Domain.Access;

/// <summary>A time in which nothing is deployed, and who passes nevertheless.</summary>
/// <param name="Name">For people.</param>
/// <param name="From">From when on, this moment included.</param>
/// <param name="Until">Until when, this moment not included.</param>
/// <param name="EnvironmentIds">Where; null for everywhere.</param>
/// <param name="Passing">Processes that pass, and until when.</param>
public sealed record Freeze(string Name, DateTimeOffset From, DateTimeOffset Until, ImmutableSortedSet<Guid>? EnvironmentIds, ImmutableSortedDictionary<Guid, DateTimeOffset> Passing)
{
    public static Freeze Of(FreezeSet set) => new(set.Name, Moment(set.From), Moment(set.Until), set.EnvironmentIds?.ToImmutableSortedSet(), ImmutableSortedDictionary<Guid, DateTimeOffset>.Empty);

    /// <summary>What counts is when a command takes effect: a freeze to come stops nothing today, and what was sent before it is stopped by it.</summary>
    public bool Stops(Guid processId, DateTimeOffset now) => From <= now && now < Until && !(Passing.TryGetValue(processId, out var until) && now < until);

    public bool IsOf(Guid? environmentId) => EnvironmentIds is null || (environmentId is { } id && EnvironmentIds.Contains(id));

    public Freeze Passed(FreezeOverridden overridden) => this with { Passing = Passing.SetItems(overridden.ProcessIds.Select(id => KeyValuePair.Create(id, Moment(overridden.Until)))) };

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
