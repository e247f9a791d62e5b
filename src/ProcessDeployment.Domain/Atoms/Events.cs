using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Atoms;

/// <summary>What happens to an Atom, in order of life.</summary>
public abstract record AtomEvent : DomainEvent
{
    public required Guid AtomId { get; init; }

    public override string StreamName() => StreamNames.Atom(AtomId);
}

/// <summary>An Atom became known.</summary>
[WireName("processdeployment.atom-registered.v1")]
public sealed record AtomRegistered : AtomEvent
{
    public required string Name { get; init; }
    public string? HostName { get; init; }
    public required AtomType AtomType { get; init; }

    /// <summary>IANA time zone in which its schedules are read.</summary>
    public required string TimeZone { get; init; }
}

/// <summary>An Atom got another name.</summary>
[WireName("processdeployment.atom-renamed.v1")]
public sealed record AtomRenamed : AtomEvent
{
    public required string Name { get; init; }
}

/// <summary>An Atom said that it is in another state than before.</summary>
[WireName("processdeployment.atom-status-changed.v1")]
public sealed record AtomStatusChanged : AtomEvent
{
    public required AtomStatus Status { get; init; }
    public required AtomStatus FormerStatus { get; init; }
}

/// <summary>An Atom was deleted; its history stays and its id is never used again.</summary>
[WireName("processdeployment.atom-deleted.v1")]
public sealed record AtomDeleted : AtomEvent;
