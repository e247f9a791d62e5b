using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Environments;

/// <summary>The account uses environments from now on.</summary>
[WireName("processdeployment.environments-enabled.v1")]
public sealed record EnvironmentsEnabled : EnvironmentUseEvent;

/// <summary>The account no longer uses environments: Atoms are attached to Processes.</summary>
[WireName("processdeployment.environments-disabled.v1")]
public sealed record EnvironmentsDisabled : EnvironmentUseEvent;

/// <summary>Whether the account uses environments at all.</summary>
public abstract record EnvironmentUseEvent : DomainEvent
{
    public override string StreamName() => StreamNames.Environments;
}

/// <summary>An Atom came into an environment; from another one, if it was in one (R55). Which Processes that detaches and attaches say events of their own.</summary>
[WireName("processdeployment.atom-attached-to-environment.v1")]
public sealed record AtomAttachedToEnvironment : AtomEvent
{
    public required Guid EnvironmentId { get; init; }
    public required string EnvironmentName { get; init; }

    /// <summary>That of the environment: the pools by which licences on the Atom are judged (R34).</summary>
    public required Classification Classification { get; init; }

    /// <summary>The environment it left for it.</summary>
    public Guid? FormerEnvironmentId { get; init; }

    public string? FormerEnvironmentName { get; init; }
}

/// <summary>An Atom left its environment and is in none.</summary>
[WireName("processdeployment.atom-detached-from-environment.v1")]
public sealed record AtomDetachedFromEnvironment : AtomEvent
{
    public required Guid EnvironmentId { get; init; }
    public required string EnvironmentName { get; init; }
}

/// <summary>Attaching an Atom to an environment was attempted and refused.</summary>
[WireName("processdeployment.environment-attachment-refused.v1")]
public sealed record EnvironmentAttachmentRefused : AtomEvent
{
    public required Guid EnvironmentId { get; init; }
    public required string Code { get; init; }
    public required string Message { get; init; }
    public RefusalDetails? Details { get; init; }
}

/// <summary>A Process came into an environment: every Atom there runs what is current there (R56). On which Atoms that attaches it say events of their own.</summary>
[WireName("processdeployment.process-attached-to-environment.v1")]
public sealed record ProcessAttachedToEnvironment : ProcessEvent
{
    public required Guid EnvironmentId { get; init; }
    public required string EnvironmentName { get; init; }

    /// <summary>That of the environment.</summary>
    public required Classification Classification { get; init; }

    /// <summary>The version that is current there, null when none is.</summary>
    public int? EffectiveVersion { get; init; }
}

/// <summary>A Process left an environment; what is current there stays, for when it comes back.</summary>
[WireName("processdeployment.process-detached-from-environment.v1")]
public sealed record ProcessDetachedFromEnvironment : ProcessEvent
{
    public required Guid EnvironmentId { get; init; }
    public required string EnvironmentName { get; init; }
}
