using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Attachments;

/// <summary>What happens to a Process on one Atom beyond being attached and detached. It outlives a detachment.</summary>
public abstract record AttachmentEvent : DomainEvent
{
    public required Guid ProcessId { get; init; }
    public required Guid AtomId { get; init; }

    public AttachmentKey Key() => new(ProcessId, AtomId);

    public override string StreamName() => StreamNames.Attachment(Key());
}

/// <summary>An Atom downloaded a version and verified its digest: it is the acknowledged version, which the next run uses (R17).</summary>
[WireName("processdeployment.version-downloaded.v1")]
public sealed record VersionDownloaded : AttachmentEvent
{
    public required int VersionNumber { get; init; }
    public required string Digest { get; init; }
}

/// <summary>An Atom could not download a version.</summary>
[WireName("processdeployment.download-failed.v1")]
public sealed record DownloadFailed : AttachmentEvent
{
    public required int VersionNumber { get; init; }
    public required string Digest { get; init; }

    /// <summary>The version it goes on with; null when it has none.</summary>
    public int? AcknowledgedVersion { get; init; }

    public string? Message { get; init; }
}
