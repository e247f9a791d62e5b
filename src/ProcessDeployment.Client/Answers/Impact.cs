namespace ProcessDeployment.Client;

/// <summary>What a component concerns.</summary>
public sealed record ImpactAnswer(Guid ComponentId, string ComponentType, string Name, int LatestRevision, bool Deleted)
{
    /// <summary>The Processes by name.</summary>
    public IReadOnlyList<ConcernedProcess> Items { get; init; } = [];

    public string? Next { get; init; }

    /// <summary>All Atoms on which it runs now.</summary>
    public IReadOnlyList<ConcernedAtom> Atoms { get; init; } = [];

    /// <summary>The first hundred by name of the live components that refer to it directly.</summary>
    public IReadOnlyList<ReferrerItem> ReferencedBy { get; init; } = [];

    public long ReferencedByCount { get; init; }
    public long Position { get; init; }
}

/// <summary>A Process that holds a component, or would after its next deploy.</summary>
public sealed record ConcernedProcess : ProcessItem
{
    /// <summary>The revision that its newest version holds; null when it holds none, though one in an environment may.</summary>
    public int? DeployedRevision { get; init; }

    /// <summary>Whether its next deploy would take the component in, as it refers to it now.</summary>
    public bool TakenAtNextDeploy { get; init; }

    /// <summary>When it runs next by a schedule, wherever that is; null where nothing is to come, and of the past.</summary>
    public DateTimeOffset? NextRun { get; init; }

    /// <summary>Why it is bold because of a component; null where it is not.</summary>
    public Reason? BoldBecauseOf(Guid componentId) => Reasons.FirstOrDefault(reason => reason.ComponentId == componentId);
}

/// <summary>An Atom, how many Processes on it hold a component, and when the first of them runs next by a schedule.</summary>
public sealed record ConcernedAtom(Guid AtomId, string Name, long Processes, DateTimeOffset? NextRun);

/// <summary>A component that an Atom runs at several revisions.</summary>
public sealed record SkewedComponent(
    Guid ComponentId, string Name, string ComponentType, int LatestRevision, Guid AtomId, string AtomName, IReadOnlyList<HeldRevision> Revisions);

/// <summary>A revision, and the Processes whose current versions hold it there.</summary>
public sealed record HeldRevision(int Revision, IReadOnlyList<ProcessName> Processes);

/// <summary>A Process by its name.</summary>
public sealed record ProcessName(Guid ProcessId, string Name);
