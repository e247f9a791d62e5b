using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Components;

/// <summary>The refusals that several commands share.</summary>
internal static class ComponentRules
{
    public static Refusal Deleted(Guid componentId) => new(RefusalCodes.ComponentDeleted, $"Component {componentId} is deleted; restore it first.");

    public static Refusal Unknown(Guid componentId) => new(RefusalCodes.UnknownComponent, $"There is no component {componentId}.");
}
