using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Environments;

/// <summary>Ids of environments are never used again, even after the environment was deleted. They can be made ready before they are used.</summary>
public static class CreateEnvironmentDecider
{
    public static void Needs(Needs needs) => needs.AllEnvironments();

    public static Decision Decide(CreateEnvironment command, Account account) =>
        account.KnownEnvironments().All.GetValueOrDefault(command.EnvironmentId) is { } environment
            ? new Refusal(RefusalCodes.EnvironmentExists, $"Environment {environment.EnvironmentId} exists already{(environment.Deleted ? " and was deleted" : "")}: {environment.Name}.")
            : new EnvironmentCreated
            {
                EnvironmentId = command.EnvironmentId,
                Name = command.Name,
                Classification = command.Classification,
                Order = command.Order,
            };
}
