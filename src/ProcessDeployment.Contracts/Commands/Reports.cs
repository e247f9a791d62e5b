namespace ProcessDeployment.Contracts.Commands;

/// <summary>What an Atom says of itself: all that its token lets it send, about no Atom but its own.</summary>
public interface IReportOfAtom
{
    /// <summary>Id of the Atom.</summary>
    Guid AtomId { get; }
}

/// <summary>What an Atom says of itself. Kept as an event when it changes, so it may be told again and again.</summary>
[WireName("processdeployment.report-atom-status.v1")]
public sealed record ReportAtomStatus : Command, IReportOfAtom
{
    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }

    /// <summary>How it is.</summary>
    public required AtomStatus Status { get; init; }
}

/// <summary>An Atom says that it downloaded a version, or that it could not.</summary>
[WireName("processdeployment.acknowledge-version.v1")]
public sealed record AcknowledgeVersion : Command, IReportOfAtom
{
    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }

    /// <summary>Id of the Process.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>The version it is about.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>The digest of that version: 64 lower-case hexadecimal digits, as it was told to the Atom.</summary>
    public required string Digest { get; init; }

    /// <summary>What became of it.</summary>
    public required DownloadStatus Status { get; init; }

    /// <summary>Why it failed, at most 2,000 characters.</summary>
    public string? Message { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.AtLeast("versionNumber", VersionNumber, 1)
            .Concat(Shape.Digest("digest", Digest))
            .Concat(Shape.Text("message", Message, Limits.Note));
}
