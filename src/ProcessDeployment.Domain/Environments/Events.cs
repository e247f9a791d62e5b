using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Environments;

/// <summary>What happens to an environment, in order of life. What is attached to it is told by the Atom and the Process.</summary>
public abstract record EnvironmentEvent : DomainEvent
{
    public required Guid EnvironmentId { get; init; }

    public override string StreamName() => StreamNames.Environment(EnvironmentId);
}

/// <summary>An environment was made.</summary>
[WireName("processdeployment.environment-created.v1")]
public sealed record EnvironmentCreated : EnvironmentEvent
{
    public required string Name { get; init; }

    /// <summary>Fixed from now on (R54).</summary>
    public required Classification Classification { get; init; }

    public required int Order { get; init; }
}

/// <summary>An environment got another name or another place; both as they are from now on.</summary>
[WireName("processdeployment.environment-updated.v1")]
public sealed record EnvironmentUpdated : EnvironmentEvent
{
    public required string Name { get; init; }
    public required int Order { get; init; }
}

/// <summary>An environment was deleted; its history stays and its id is never used again.</summary>
[WireName("processdeployment.environment-deleted.v1")]
public sealed record EnvironmentDeleted : EnvironmentEvent
{
    public required string Name { get; init; }
}
