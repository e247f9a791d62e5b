using System.Collections.Immutable;

namespace ProcessDeployment.Domain.Environments;

/// <summary>The environments of an account, and whether it uses them.</summary>
public sealed record EnvironmentsState
{
    public static readonly EnvironmentsState None = new();

    /// <summary>Off until somebody turns them on.</summary>
    public bool Enabled { get; init; }

    /// <summary>Every environment that ever was: ids are not used again.</summary>
    public ImmutableDictionary<Guid, DeploymentEnvironment> All { get; init; } = ImmutableDictionary<Guid, DeploymentEnvironment>.Empty;

    public DeploymentEnvironment? Live(Guid environmentId) => All.GetValueOrDefault(environmentId) is { Deleted: false } environment ? environment : null;

    /// <summary>The live ones in their order.</summary>
    public IEnumerable<DeploymentEnvironment> InOrder() => from environment in All.Values where !environment.Deleted orderby environment.Order, environment.EnvironmentId select environment;

    public EnvironmentsState Evolve(DomainEvent @event) => @event switch
    {
        EnvironmentsEnabled => this with { Enabled = true },
        EnvironmentsDisabled => this with { Enabled = false },
        EnvironmentEvent happened when DeploymentEnvironment.Evolve(All.GetValueOrDefault(happened.EnvironmentId), happened) is { } after =>
            this with { All = All.SetItem(happened.EnvironmentId, after) },
        _ => this,
    };
}
