using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Tests.Access;

/// <summary>Who sees what on a page.</summary>
/// <param name="Page">Its pattern, as the page itself says it.</param>
/// <param name="Tab">The rest of the address, where the pattern leaves it open.</param>
/// <param name="Needs">The privilege without which it says only that it is not for them; null where any role sees it.</param>
/// <param name="Shows">What stands there for those who hold it, and for nobody else.</param>
internal sealed record PageRow(string Page, string? Tab, Privilege? Needs, string Shows)
{
    /// <summary>Only whoever runs the engine sees it.</summary>
    public bool OfTheOperator { get; init; }

    /// <summary>Nothing is asked for it, so that it is the same for all who are signed in.</summary>
    public bool AsksNothing { get; init; }

    public string Address(IReadOnlyDictionary<string, string> ids) =>
        ids.Aggregate(Page, (address, id) => address.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal)).Replace("{Tab}", Tab, StringComparison.Ordinal);

    /// <summary>Whether a role that holds these sees it.</summary>
    public bool IsFor(IReadOnlyCollection<Privilege> held) => AsksNothing || (!OfTheOperator && held.Count > 0 && (Needs is not { } needed || held.Contains(needed)));
}
