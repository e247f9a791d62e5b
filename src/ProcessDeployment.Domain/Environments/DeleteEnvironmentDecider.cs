using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Environments;

/// <summary>An environment goes when nothing is attached to it (R55); its history stays.</summary>
public static class DeleteEnvironmentDecider
{
    public static void Needs(DeleteEnvironment command, Account account, Needs needs)
    {
        if (needs.AllEnvironments() && account.KnownEnvironments().Live(command.EnvironmentId) is not null) needs.Within(command.EnvironmentId);
    }

    public static Decision Decide(DeleteEnvironment command, Account account)
    {
        if (account.KnownEnvironments().All.GetValueOrDefault(command.EnvironmentId) is { Deleted: true }) return Decision.Unchanged;
        if (EnvironmentRules.Unknown(command.EnvironmentId, account) is { } unknown) return unknown;

        var (atomIds, processIds) = (account.AtomsIn[command.EnvironmentId], account.ProcessesIn[command.EnvironmentId]);
        var name = account.KnownEnvironments().Live(command.EnvironmentId)!.Name;
        return atomIds.Count + processIds.Count == 0
            ? new EnvironmentDeleted { EnvironmentId = command.EnvironmentId, Name = name }
            : new Refusal(
                RefusalCodes.EnvironmentInUse, $"{atomIds.Count} Atom(s) and {processIds.Count} Process(es) are attached to {name}; detach them first.", EnvironmentRules.InUse(atomIds, processIds));
    }
}
