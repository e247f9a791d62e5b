using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Environments;

/// <summary>Turns environments on or off. Both ways of attaching never exist side by side: what was attached in one must be detached first.</summary>
public static class SetEnvironmentsDecider
{
    public static void Needs(SetEnvironments command, Account account, Needs needs)
    {
        if (!needs.AllEnvironments() || account.KnownEnvironments().Enabled == command.Enabled) return;
        if (command.Enabled) needs.AttachedProcesses();
        else needs.Within(account.KnownEnvironments().InOrder().Select(environment => environment.EnvironmentId));
    }

    public static Decision Decide(SetEnvironments command, Account account)
    {
        var environments = account.KnownEnvironments();
        if (environments.Enabled == command.Enabled) return Decision.Unchanged;
        if (command.Enabled)
        {
            var attached = account.AttachedProcesses!;
            return attached.IsEmpty
                ? new EnvironmentsEnabled()
                : new Refusal(RefusalCodes.EnvironmentsInUse, $"{attached.Count} Process(es) are attached to Atoms; detach them first.", EnvironmentRules.InUse([], attached));
        }

        List<Guid> live = [.. environments.InOrder().Select(environment => environment.EnvironmentId)];
        List<Guid> atomIds = [.. live.SelectMany(id => account.AtomsIn[id])], processIds = [.. live.SelectMany(id => account.ProcessesIn[id]).Distinct()];
        return atomIds.Count + processIds.Count == 0
            ? new EnvironmentsDisabled()
            : new Refusal(RefusalCodes.EnvironmentsInUse, $"{atomIds.Count} Atom(s) and {processIds.Count} Process(es) are in environments; detach them first.", EnvironmentRules.InUse(atomIds, processIds));
    }
}
