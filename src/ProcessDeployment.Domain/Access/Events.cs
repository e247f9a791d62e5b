using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>Who may do what in an account, and what was denied: one stream, so that the access of any past day can be told.</summary>
public abstract record AccessEvent : DomainEvent
{
    public override string StreamName() => StreamNames.Access;
}

/// <summary>A role was made or has other privileges.</summary>
[WireName("processdeployment.role-set.v1")]
public sealed record RoleSet : AccessEvent
{
    public required string Role { get; init; }

    /// <summary>All it has now.</summary>
    public required IReadOnlyList<Privilege> Privileges { get; init; }
}

/// <summary>A role was taken away.</summary>
[WireName("processdeployment.role-deleted.v1")]
public sealed record RoleDeleted : AccessEvent
{
    public required string Role { get; init; }
}

/// <summary>Somebody has these roles now, and no others.</summary>
[WireName("processdeployment.member-set.v1")]
public sealed record MemberSet : AccessEvent
{
    public required string Member { get; init; }
    public required IReadOnlyList<RoleGrant> Roles { get; init; }
}

/// <summary>Somebody has no roles any more.</summary>
[WireName("processdeployment.member-removed.v1")]
public sealed record MemberRemoved : AccessEvent
{
    public required string Member { get; init; }
}

/// <summary>A key lets a program in.</summary>
[WireName("processdeployment.api-key-issued.v1")]
public sealed record ApiKeyIssued : AccessEvent
{
    public required Guid KeyId { get; init; }
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key; left out where the event is published.</summary>
    public string? SecretHash { get; init; }

    public required IReadOnlyList<RoleGrant> Roles { get; init; }
    public string? ExpiresAt { get; init; }
}

/// <summary>A key lets nobody in any more.</summary>
[WireName("processdeployment.api-key-revoked.v1")]
public sealed record ApiKeyRevoked : AccessEvent
{
    public required Guid KeyId { get; init; }
    public required string Name { get; init; }
}

/// <summary>A producer may put commands on a bus, or may do so in another way than before.</summary>
[WireName("processdeployment.producer-registered.v1")]
public sealed record ProducerRegistered : AccessEvent
{
    public required Guid ProducerId { get; init; }
    public required string Name { get; init; }
    public string? Login { get; init; }
    public string? PublicKey { get; init; }

    /// <summary>What it may send; null for all.</summary>
    public IReadOnlyList<string>? CommandTypes { get; init; }
}

/// <summary>A producer may send no commands any more.</summary>
[WireName("processdeployment.producer-removed.v1")]
public sealed record ProducerRemoved : AccessEvent
{
    public required Guid ProducerId { get; init; }
    public required string Name { get; init; }
}

/// <summary>The rules of changes, as they all are now.</summary>
[WireName("processdeployment.change-rules-set.v1")]
public sealed record ChangeRulesSet : AccessEvent
{
    public required ReasonRule ReasonRequired { get; init; }
    public required bool ReviserMayNotDeploy { get; init; }
    public required bool ProductionAfterTest { get; init; }
    public required bool SignedOnly { get; init; }
}

/// <summary>A time in which nothing is deployed was set or changed.</summary>
[WireName("processdeployment.freeze-set.v1")]
public sealed record FreezeSet : AccessEvent
{
    public required Guid FreezeId { get; init; }
    public required string Name { get; init; }
    public required string From { get; init; }
    public required string Until { get; init; }

    /// <summary>Where; null for everywhere.</summary>
    public IReadOnlyList<Guid>? EnvironmentIds { get; init; }
}

/// <summary>A freeze was ended or taken back.</summary>
[WireName("processdeployment.freeze-lifted.v1")]
public sealed record FreezeLifted : AccessEvent
{
    public required Guid FreezeId { get; init; }
    public required string Name { get; init; }
}

/// <summary>Some Processes may pass a freeze for a while; why stands in the reason beside it.</summary>
[WireName("processdeployment.freeze-overridden.v1")]
public sealed record FreezeOverridden : AccessEvent
{
    public required Guid FreezeId { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<Guid> ProcessIds { get; init; }
    public required string Until { get; init; }
}

/// <summary>Somebody tried what he may not, or what the rules of changes do not let anybody do.</summary>
[WireName("processdeployment.access-denied.v1")]
public sealed record AccessDenied : AccessEvent
{
    /// <summary>The type of the command, or the question as <c>GET /api/v1/…</c>.</summary>
    public required string Act { get; init; }

    /// <summary>The refusal code.</summary>
    public required string Code { get; init; }

    public required string Message { get; init; }

    /// <summary>The privilege that was missing; null where a rule stood against it.</summary>
    public Privilege? Privilege { get; init; }

    /// <summary>What it was about: components, Processes, Atoms and environments, the first few.</summary>
    public required IReadOnlyList<Guid> Subjects { get; init; }

    /// <summary>How often since it was last noted; more than 1 for questions only, which are noted once a minute.</summary>
    public int Times { get; init; } = 1;
}
