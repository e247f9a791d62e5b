using ProcessDeployment.Contracts;

namespace ProcessDeployment.Client;

/// <summary>What a command would do, were it sent now.</summary>
public record Preview
{
    /// <summary>The position of the account this was judged at.</summary>
    public required long Position { get; init; }

    /// <summary>The answer the command would get.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The connection audit, of a refused command too; null where no licence would be taken or given back.</summary>
    public LicencePreview? Licences { get; init; }

    /// <summary>The Atoms on which another version would become effective.</summary>
    public required IReadOnlyList<DownloadPreview> Downloads { get; init; }

    /// <summary>What would be put to rest.</summary>
    public required IReadOnlyList<Suspension> Suspended { get; init; }

    /// <summary>Extensions that nothing is set for where a version would become effective.</summary>
    public required IReadOnlyList<MissingValues> NeedsValues { get; init; }

    /// <summary>Processes that are called by a route and not bundled: each is deployed by itself.</summary>
    public required IReadOnlyList<RoutePreview> Routes { get; init; }

    /// <summary>Processes that bundle what is deployed and stay bold until they are deployed themselves; null where nobody looked.</summary>
    public IReadOnlyList<ParentPreview>? Parents { get; init; }
}

/// <summary>What re-deploying a version would do now.</summary>
public sealed record RehearsalItem : Preview
{
    public required int VersionNumber { get; init; }

    /// <summary>Components of the version that are deleted by now: it runs all the same, but cannot be built again.</summary>
    public required IReadOnlyList<Guid> DeletedComponents { get; init; }
}

/// <summary>Licences before and after a command.</summary>
/// <param name="Mode">How strictly pools are enforced.</param>
/// <param name="Pools">Each pool the command touches.</param>
/// <param name="NetNew">Connections on Atoms that nothing needs yet.</param>
/// <param name="Freed">Connections on Atoms that nothing would need any more.</param>
public sealed record LicencePreview(LicenceEnforcement Mode, IReadOnlyList<PoolPreview> Pools, IReadOnlyList<PairPreview> NetNew, IReadOnlyList<PairPreview> Freed);

/// <summary>A pool before and after; <paramref name="AvailableAfter"/> is below 0 where more would be used than was purchased.</summary>
public sealed record PoolPreview(ConnectorClass Class, Classification Classification, int? Purchased, int UsedBefore, int UsedAfter, int? AvailableAfter);

/// <summary>A connection on an Atom, by their names of today.</summary>
public sealed record PairPreview(Guid ComponentId, string? Name, Guid AtomId, string? AtomName);

/// <summary>The connection audit of a version as it was judged when it was deployed.</summary>
public sealed record LicenceAudit(LicenceEnforcement Mode, IReadOnlyList<AuditedPool> Pools, IReadOnlyList<LicencePair> NetNew, IReadOnlyList<LicencePair> Freed);

public sealed record AuditedPool(ConnectorClass Class, Classification Classification, int? Purchased, int UsedBefore, int UsedAfter);

/// <summary>A version that would become effective on Atoms.</summary>
public sealed record DownloadPreview(Guid ProcessId, int VersionNumber, IReadOnlyList<Guid> AtomIds);

/// <summary>Extensions of a Process on an Atom that nothing is set for.</summary>
public sealed record MissingValues(Guid ProcessId, Guid AtomId, IReadOnlyList<string> Keys);

/// <summary>What a Process, or something it bundles, refers to without bundling it.</summary>
public sealed record RoutePreview(Guid ProcessId, Guid ComponentId, string? Name);

/// <summary>A Process whose current version bundles a component.</summary>
public sealed record ParentPreview(Guid ProcessId, string Name, int VersionNumber, Guid ComponentId);
