using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Processes;

/// <summary>What happens to a Process beyond being a component. It lives in the stream of that component.</summary>
public abstract record ProcessEvent : DomainEvent
{
    public required Guid ProcessId { get; init; }

    public override string StreamName() => StreamNames.Component(ProcessId);
}

/// <summary>An Atom was attached; where versions exist the current one became effective there (R4).</summary>
[WireName("processdeployment.atom-attached.v1")]
public sealed record AtomAttached : ProcessEvent
{
    public required Guid AtomId { get; init; }

    /// <summary>The environment by which it was; null when it was attached by itself.</summary>
    public Guid? EnvironmentId { get; init; }

    /// <summary>The version that became effective on the Atom, null when none was deployed yet (R5).</summary>
    public int? EffectiveVersion { get; init; }

    /// <summary>The pools of the whole command and the pairs of this Atom; null when nothing was deployed yet, since then nothing is audited (R3).</summary>
    public LicenceAudit? Audit { get; init; }
}

/// <summary>An Atom was detached: the Process is no longer deployed there (R6). Versions and notes stay.</summary>
[WireName("processdeployment.atom-detached.v1")]
public sealed record AtomDetached : ProcessEvent
{
    public required Guid AtomId { get; init; }

    /// <summary>The environment by which it had been; null when it had been attached by itself.</summary>
    public Guid? EnvironmentId { get; init; }

    /// <summary>The version that stopped being effective on the Atom, null when none was deployed.</summary>
    public int? FormerVersion { get; init; }

    /// <summary>What the detach put to rest there, so that nothing is silent (edge case #9).</summary>
    public required IReadOnlyList<Suspension> Suspended { get; init; }

    /// <summary>Connections on this Atom that no Process needs any more.</summary>
    public required IReadOnlyList<FreedLicence> LicencesFreed { get; init; }
}

/// <summary>A version was deployed. It holds its whole meaning: nothing is looked up later.</summary>
[WireName("processdeployment.version-deployed.v1")]
public sealed record VersionDeployed : ProcessEvent
{
    public required int VersionNumber { get; init; }
    public string? Note { get; init; }

    /// <summary>The earlier version whose manifest this one repeats.</summary>
    public int? RedeployOf { get; init; }

    /// <summary>The newest earlier version with the same content.</summary>
    public int? IdenticalTo { get; init; }

    public required string Digest { get; init; }
    public required string ContentDigest { get; init; }

    /// <summary>The Process itself first, then the rest of its closure ordered by id.</summary>
    public required IReadOnlyList<ManifestEntry> Manifest { get; init; }

    public required IReadOnlyList<DeploymentTarget> Targets { get; init; }
    public required LicenceAudit Audit { get; init; }
}

/// <summary>An attachment was attempted and refused.</summary>
[WireName("processdeployment.attachment-refused.v1")]
public sealed record AttachmentRefused : ProcessEvent
{
    /// <summary>The environment it was to be attached to; null for Atoms by themselves.</summary>
    public Guid? EnvironmentId { get; init; }

    public required IReadOnlyList<Guid> AtomIds { get; init; }
    public required string Code { get; init; }
    public required string Message { get; init; }
    public RefusalDetails? Details { get; init; }
}

/// <summary>A deployment was attempted and refused; no version number was consumed (edge case #23).</summary>
[WireName("processdeployment.deployment-refused.v1")]
public sealed record DeploymentRefused : ProcessEvent
{
    /// <summary>The version that was to be deployed again, null for the latest revision.</summary>
    public int? TargetVersion { get; init; }

    /// <summary>The environment that was named; null when none was.</summary>
    public Guid? EnvironmentId { get; init; }

    public string? Note { get; init; }
    public required string Code { get; init; }
    public required string Message { get; init; }
    public RefusalDetails? Details { get; init; }
}

/// <summary>A move was attempted and refused.</summary>
[WireName("processdeployment.move-refused.v1")]
public sealed record MoveRefused : ProcessEvent
{
    public required IReadOnlyList<Guid> FromAtomIds { get; init; }
    public required IReadOnlyList<Guid> ToAtomIds { get; init; }
    public required string Code { get; init; }
    public required string Message { get; init; }
    public RefusalDetails? Details { get; init; }
}
