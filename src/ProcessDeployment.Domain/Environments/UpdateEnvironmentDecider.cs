using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Environments;

/// <summary>The classification is fixed at creation (R54): licences of what runs there were audited by it.</summary>
public static class UpdateEnvironmentDecider
{
    public static void Needs(Needs needs) => needs.AllEnvironments();

    public static Decision Decide(UpdateEnvironment command, Account account)
    {
        if (EnvironmentRules.Unknown(command.EnvironmentId, account) is { } unknown) return unknown;

        var environment = account.KnownEnvironments().Live(command.EnvironmentId)!;
        if (command.Classification is { } classification && classification != environment.Classification)
            return new Refusal(RefusalCodes.ClassificationChanged, $"The classification of {environment.Name} is fixed: create another environment instead.");

        var updated = new EnvironmentUpdated { EnvironmentId = command.EnvironmentId, Name = command.Name ?? environment.Name, Order = command.Order ?? environment.Order };
        return DeploymentEnvironment.Evolve(environment, updated) == environment ? Decision.Unchanged : updated;
    }
}
