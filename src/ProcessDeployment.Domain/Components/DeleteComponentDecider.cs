using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Components;

/// <summary>A deployed Process cannot be deleted (R18). What others refer to can, with a warning; a Process that was never deployed is detached first.</summary>
public static class DeleteComponentDecider
{
    public static void Needs(DeleteComponent command, Account account, Needs needs)
    {
        needs.AllEnvironments();
        if (needs.Component(command.ComponentId)) needs.ReferrersOf(command.ComponentId);
    }

    public static Decision Decide(DeleteComponent command, Account account)
    {
        if (account.Component(command.ComponentId) is not { } component) return ComponentRules.Unknown(command.ComponentId);
        if (component.Deleted) return Decision.Unchanged;
        if (component.Deployment.IsDeployed()) return StillDeployed(component);

        var detached = component.Deployment.AtomIds.Select(atomId => DetachAtomsDecider.Detached(component, atomId, [], account));
        var left = component.Deployment.AttachedEnvironments().Select(environmentId => new ProcessDetachedFromEnvironment
        {
            ProcessId = component.ComponentId,
            EnvironmentId = environmentId,
            EnvironmentName = account.KnownEnvironments().All[environmentId].Name,
        });
        return Decision
            .Accepted([.. detached, .. left, new ComponentDeleted { ComponentId = component.ComponentId, Revision = component.Revision }])
            .With(StillReferenced(component.ComponentId, account));
    }

    private static Refusal StillDeployed(Component component) => new(
        RefusalCodes.StillDeployed,
        $"{component.Name} is deployed on {component.Deployment.AtomIds.Count} Atom(s); detach them first.",
        new AtomsDetails([.. component.Deployment.AtomIds]));

    private static IEnumerable<Warning> StillReferenced(Guid componentId, Account account) =>
        account.Referrers.GetValueOrDefault(componentId) is { IsEmpty: false } referrers
            ? [new("StillReferenced", $"{referrers.Count} component(s) still refer to it: {string.Join(", ", referrers.Take(10))}.")]
            : [];
}
