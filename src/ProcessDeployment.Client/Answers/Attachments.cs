namespace ProcessDeployment.Client;

/// <summary>Where a Process is attached, and where it could be.</summary>
public sealed record AttachmentsAnswer(IReadOnlyList<AttachedAtom> Attached, IReadOnlyList<AtomItem> Unattached, long Position);

/// <summary>An Atom in a list.</summary>
public record AtomItem
{
    public required Guid AtomId { get; init; }
    public required string Name { get; init; }
    public string? HostName { get; init; }
    public required string AtomType { get; init; }
    public required string TimeZone { get; init; }

    /// <summary>What it said last of itself.</summary>
    public required string Status { get; init; }

    public required string RegisteredBy { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
}

/// <summary>An Atom a Process is attached to.</summary>
public sealed record AttachedAtom : AtomItem
{
    public required DateTimeOffset Since { get; init; }
    public required string AttachedBy { get; init; }

    /// <summary>The version that is effective there; null while nothing is deployed.</summary>
    public int? VersionNumber { get; init; }

    /// <summary>The environment by which it is attached; null where it is attached by itself.</summary>
    public Guid? EnvironmentId { get; init; }

    /// <summary>How far the Atom is with it.</summary>
    public required Download Download { get; init; }
}

/// <summary>How far an Atom is with the version that is effective there.</summary>
/// <param name="AcknowledgedVersion">The version that it reports it runs.</param>
/// <param name="Status"><c>InSync</c>, <c>PendingDownload</c>, <c>NeedsConfiguration</c> or <c>DownloadFailed</c>; null while nothing is deployed.</param>
/// <param name="Message">Why the download failed, as the Atom says.</param>
public sealed record Download(int? AcknowledgedVersion, string? Status, string? Message);
