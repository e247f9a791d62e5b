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

/// <summary>A token lets the Atom in. What is kept of it lets nobody in.</summary>
[WireName("processdeployment.atom-token-issued.v1")]
public sealed record AtomTokenIssued : AtomEvent
{
    public required Guid TokenId { get; init; }

    /// <summary>SHA-256 of the token; left out of what is published.</summary>
    public string? SecretHash { get; init; }

    /// <summary>Until when it is good; null for one without end.</summary>
    public string? ExpiresAt { get; init; }
}

/// <summary>A token lets nobody in any more.</summary>
[WireName("processdeployment.atom-token-revoked.v1")]
public sealed record AtomTokenRevoked : AtomEvent
{
    public required Guid TokenId { get; init; }
}

/// <summary>An Atom was deleted; its history stays and its id is never used again.</summary>
[WireName("processdeployment.atom-deleted.v1")]
public sealed record AtomDeleted : AtomEvent;
