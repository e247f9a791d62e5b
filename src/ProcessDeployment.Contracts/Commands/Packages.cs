namespace ProcessDeployment.Contracts.Commands;

/// <summary>Makes the latest revision of a Process and of everything it depends on its next version, with a label, and deploys it nowhere. Only where environments are used.</summary>
[WireName("processdeployment.package-process.v1")]
public sealed record PackageProcess : Command
{
    /// <summary>Id of the Process.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>What people call the version, 1 to 80 characters, trimmed; never used twice in a Process.</summary>
    public required string Label { get; init; }

    /// <summary>What this version is for; trimmed, of control characters only newlines and tabs are kept, at most 2,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>Refuse unless this is the latest revision of the Process.</summary>
    public int? ExpectedRevision { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.Label("label", Label)
            .Concat(Shape.Note("note", Note))
            .Concat(Shape.AtLeast("expectedRevision", ExpectedRevision, 0));
}

/// <summary>Gives a version that has no label one. It keeps it for ever.</summary>
[WireName("processdeployment.label-version.v1")]
public sealed record LabelVersion : Command
{
    /// <summary>Id of the Process.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>The version number.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>What people call the version, 1 to 80 characters, trimmed; never used twice in a Process.</summary>
    public required string Label { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.AtLeast("versionNumber", VersionNumber, 1).Concat(Shape.Label("label", Label));
}

/// <summary>Takes a version out of use for good: it is neither deployed again nor promoted. Refused while it is current anywhere; its history stays, and its label is not free again.</summary>
[WireName("processdeployment.withdraw-version.v1")]
public sealed record WithdrawVersion : Command
{
    /// <summary>Id of the Process.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>The version number.</summary>
    public required int VersionNumber { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() => Shape.AtLeast("versionNumber", VersionNumber, 1);
}
