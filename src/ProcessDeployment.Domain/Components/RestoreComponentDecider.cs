using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Components;

/// <summary>Brings a component back, unless that would close a cycle that was made while it was away.</summary>
public static class RestoreComponentDecider
{
    public static void Needs(RestoreComponent command, Account account, Needs needs)
    {
        if (needs.Component(command.ComponentId)) needs.Closure(command.ComponentId);
    }

    public static Decision Decide(RestoreComponent command, Account account)
    {
        if (account.Component(command.ComponentId) is not { } component) return ComponentRules.Unknown(command.ComponentId);
        if (!component.Deleted) return Decision.Unchanged;
        if (Cycles.Path(component.ComponentId, component.DependsOn(), account) is { } path) return Cycles.Refused(path);

        return new ComponentRestored { ComponentId = component.ComponentId, Revision = component.Revision };
    }
}
