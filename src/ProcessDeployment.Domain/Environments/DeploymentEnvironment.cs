using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Environments;

/// <summary>An environment as it is now.</summary>
public sealed record DeploymentEnvironment
{
    public required Guid EnvironmentId { get; init; }
    public required string Name { get; init; }
    public required Classification Classification { get; init; }
    public required int Order { get; init; }
    public bool Deleted { get; init; }

    /// <summary>Never refuses history: an event that does not concern it leaves it as it is.</summary>
    public static DeploymentEnvironment? Evolve(DeploymentEnvironment? environment, DomainEvent @event) => @event switch
    {
        EnvironmentCreated created => new()
        {
            EnvironmentId = created.EnvironmentId,
            Name = created.Name,
            Classification = created.Classification,
            Order = created.Order,
        },
        EnvironmentUpdated updated => environment is null ? null : environment with { Name = updated.Name, Order = updated.Order },
        EnvironmentDeleted => environment is null ? null : environment with { Deleted = true },
        _ => environment,
    };
}
