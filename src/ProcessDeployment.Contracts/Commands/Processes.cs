namespace ProcessDeployment.Contracts.Commands;

/// <summary>Attaches Atoms to a Process. Where versions exist the current one becomes effective there, after an audit of licences.</summary>
[WireName("processdeployment.attach-atoms.v1")]
public sealed record AttachAtoms : Command
{
    /// <summary>Id of the Process.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>The Atoms, 1 to 100; all are attached or none.</summary>
    public required IReadOnlyList<Guid> AtomIds { get; init; }

    /// <summary>Resume schedules that a former detach suspended.</summary>
    public bool? ResumeSchedules { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() => Shape.Ids("atomIds", AtomIds);
}

/// <summary>Detaches Atoms from a Process: it is no longer deployed there. Its versions and notes stay.</summary>
[WireName("processdeployment.detach-atoms.v1")]
public sealed record DetachAtoms : Command
{
    /// <summary>Id of the Process.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>The Atoms, 1 to 100.</summary>
    public required IReadOnlyList<Guid> AtomIds { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() => Shape.Ids("atomIds", AtomIds);
}

/// <summary>Deploys the latest revision of a Process and of everything it depends on as its next version.</summary>
[WireName("processdeployment.deploy-process.v1")]
public sealed record DeployProcess : Command
{
    /// <summary>Id of the Process.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>What this version is for; trimmed, of control characters only newlines and tabs are kept, at most 2,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>Where, when the account uses environments.</summary>
    public Guid? EnvironmentId { get; init; }

    /// <summary>Refuse unless this is the latest revision of the Process.</summary>
    public int? ExpectedRevision { get; init; }

    /// <summary>Refuse unless this is the current version; 0 means never deployed.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>Refuse when the content equals that of the current version.</summary>
    public bool? OnlyIfChanged { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.Note("note", Note)
            .Concat(Shape.AtLeast("expectedRevision", ExpectedRevision, 0))
            .Concat(Shape.AtLeast("expectedVersion", ExpectedVersion, 0));
}

/// <summary>Deploys an earlier version again, as a new version number.</summary>
[WireName("processdeployment.redeploy-version.v1")]
public sealed record RedeployVersion : Command
{
    /// <summary>Id of the Process.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>The version number to deploy again.</summary>
    public required int TargetVersion { get; init; }

    /// <summary>What this version is for; "Re-deployment of version n" when left out.</summary>
    public string? Note { get; init; }

    /// <summary>Where, when the account uses environments.</summary>
    public Guid? EnvironmentId { get; init; }

    /// <summary>Refuse unless this is the current version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.Note("note", Note)
            .Concat(Shape.AtLeast("targetVersion", TargetVersion, 1))
            .Concat(Shape.AtLeast("expectedVersion", ExpectedVersion, 0));
}

/// <summary>Deploys the latest revisions of several Processes in one step: all or none, audited on the final state.</summary>
[WireName("processdeployment.deploy-processes.v1")]
public sealed record DeployProcesses : Command
{
    /// <summary>The Processes, 1 to 100.</summary>
    public required IReadOnlyList<Guid> ProcessIds { get; init; }

    /// <summary>What these versions are for.</summary>
    public string? Note { get; init; }

    /// <summary>Where, when the account uses environments.</summary>
    public Guid? EnvironmentId { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.Ids("processIds", ProcessIds).Concat(Shape.Note("note", Note));
}

/// <summary>Moves a Process from some Atoms to others as one change, audited once on the final state.</summary>
[WireName("processdeployment.move-process.v1")]
public sealed record MoveProcess : Command
{
    /// <summary>Id of the Process.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>The Atoms to leave, at least 1, at most 100 together with toAtomIds; each must be attached.</summary>
    public required IReadOnlyList<Guid> FromAtomIds { get; init; }

    /// <summary>The Atoms to go to, at least 1, at most 100 together with fromAtomIds.</summary>
    public required IReadOnlyList<Guid> ToAtomIds { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.Ids("fromAtomIds", FromAtomIds)
            .Concat(Shape.Ids("toAtomIds", ToAtomIds))
            .Concat(Shape.IdsTogether("fromAtomIds", FromAtomIds, "toAtomIds", ToAtomIds));
}
