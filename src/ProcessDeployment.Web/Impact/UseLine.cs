using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Impact;

/// <summary>A Process that a component concerns, as far as the page shows it.</summary>
/// <param name="ProcessId">The Process.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsBold">It is revised since its deployment, for whatever reason.</param>
/// <param name="Because">Why it is bold because of the component; null where it is not.</param>
/// <param name="IsNeverDeployed">Nothing of it is deployed.</param>
/// <param name="DeployedRevision">The revision of the component that its newest version holds.</param>
/// <param name="IsTaken">Its next deploy takes the component in.</param>
/// <param name="Atoms">The Atoms it is attached to.</param>
/// <param name="NextRun">When it runs next by a schedule.</param>
public sealed record UseLine(
    Guid ProcessId, string Name, bool IsBold, Reason? Because, bool IsNeverDeployed, int? DeployedRevision, bool IsTaken, IReadOnlyList<AtomName> Atoms, DateTimeOffset? NextRun)
{
    public static UseLine Of(ConcernedProcess process, Guid componentId) => new(
        process.ProcessId, process.Name, process.RevisedSinceDeploy, process.BoldBecauseOf(componentId), process.CurrentVersion is null, process.DeployedRevision, process.TakenAtNextDeploy,
        process.Atoms, process.NextRun);
}

/// <summary>What is shown of where a component is used.</summary>
/// <param name="Lines">The Processes by name, as many as were asked for.</param>
/// <param name="HasMore">Whether there are more.</param>
/// <param name="Atoms">All Atoms on which it runs.</param>
/// <param name="Skewed">The Atoms that run it at several revisions.</param>
/// <param name="ReferencedBy">The first of those that refer to it directly.</param>
/// <param name="ReferencedByCount">How many do.</param>
/// <param name="ByEnvironments">Versions are effective by environments, so that the newest one need not be what runs.</param>
public sealed record Uses(
    IReadOnlyList<UseLine> Lines, bool HasMore, IReadOnlyList<ConcernedAtom> Atoms, IReadOnlyList<SkewedComponent> Skewed,
    IReadOnlyList<ReferrerItem> ReferencedBy, long ReferencedByCount, bool ByEnvironments)
{
    public int Size => Lines.Count + Lines.Sum(line => line.Atoms.Count) + Atoms.Count + Skewed.Count + ReferencedBy.Count;

    /// <summary>How a Process comes to use it; null where that is not known.</summary>
    public string? How(UseLine line, Guid componentId)
    {
        if (line.ProcessId == componentId) return "it is this Process";
        if (!line.IsTaken) return "not any more after its next deploy";
        var direct = ReferencedBy.FirstOrDefault(referrer => referrer.ComponentId == line.ProcessId);
        var how = direct is not null ? "directly" : ReferencedByCount <= ReferencedBy.Count ? "through others" : null;
        return line.DeployedRevision is null && !line.IsNeverDeployed && !ByEnvironments ? string.Join(", ", new[] { how, "from its next deploy on" }.OfType<string>()) : how;
    }

    /// <summary>The revision that runs on an Atom, where it is one: any Process there says which.</summary>
    public int? RevisionOn(Guid atomId) => ByEnvironments ? null : Lines.FirstOrDefault(line => line.DeployedRevision is not null && line.Atoms.Any(atom => atom.AtomId == atomId))?.DeployedRevision;
}
