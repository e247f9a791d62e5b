using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Components;

namespace ProcessDeployment.Domain.Processes;

/// <summary>Takes a version out of use. What is current anywhere stays, also where the Process is not attached: it would run there once it is.</summary>
public static class WithdrawVersionDecider
{
    public static void Needs(WithdrawVersion command, Needs needs)
    {
        needs.AllEnvironments();
        needs.Component(command.ProcessId);
        needs.VersionsOf(command.ProcessId);
    }

    public static Decision Decide(WithdrawVersion command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return notLive;
        var process = account.Component(command.ProcessId)!;
        if (PackageRules.Find(new(command.ProcessId, command.VersionNumber), account) is not { } version) return RedeployVersionDecider.NoSuchVersion(command.VersionNumber, process.Deployment.CurrentVersion);
        if (version.Withdrawn) return Decision.Unchanged;
        return InUse(process, version, account) is { } refusal ? refusal : new VersionWithdrawn { ProcessId = command.ProcessId, VersionNumber = command.VersionNumber };
    }

    private static Refusal? InUse(Component process, DeployedVersion used, Account account)
    {
        var environments = account.KnownEnvironments();
        var currentIn = environments.InOrder().Where(environment => process.Deployment.In(environment.EnvironmentId).CurrentVersion == used.VersionNumber).ToList();
        if (currentIn.Count == 0 && (environments.Enabled || process.Deployment.CurrentVersion != used.VersionNumber)) return null;
        var where = currentIn.Count == 0 ? "the current one" : $"current in {string.Join(", ", currentIn.Select(environment => environment.Name))}";
        return new(RefusalCodes.VersionInUse, $"Version {used.VersionNumber} is {where}.", PackageRules.Details(used, currentIn.Select(environment => environment.EnvironmentId)));
    }
}
