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

/// <summary>
/// Values of extensions were set on one Atom: one event for each save (R52), with what changed and nothing else. Of a secret it
/// says that it changed, never what to (#67).
/// </summary>
[WireName("processdeployment.extension-values-set.v1")]
public sealed record ExtensionValuesSet : AttachmentEvent
{
    /// <summary>The version that declared them.</summary>
    public required int VersionNumber { get; init; }

    public required IReadOnlyList<ExtensionValue> Values { get; init; }

    /// <summary>Keys whose values were taken away.</summary>
    public required IReadOnlyList<string> Cleared { get; init; }
}
