using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>Sets a freeze or changes one; who was let pass is asked again.</summary>
public static class SetFreezeDecider
{
    public static void Needs(SetFreeze command, Needs needs)
    {
        if (command.EnvironmentIds is not null) needs.AllEnvironments();
    }

    public static Decision Decide(SetFreeze command, Account account)
    {
        var freezes = account.KnownAccess().Freezes;
        if (!freezes.ContainsKey(command.FreezeId) && freezes.Count >= Limits.Roles) return new Refusal(RefusalCodes.TooMany, $"There are {Limits.Roles} freezes, which is the most of an account. Lift those that are over.");
        foreach (var id in command.EnvironmentIds ?? [])
        {
            if (account.KnownEnvironments().Live(id) is null) return new Refusal(RefusalCodes.UnknownEnvironment, $"There is no environment {id}.", new EnvironmentDetails(id));
        }

        var set = new FreezeSet { FreezeId = command.FreezeId, Name = command.Name, From = command.From, Until = command.Until, EnvironmentIds = command.EnvironmentIds is { } ids ? [.. ids.Distinct().Order()] : null };
        return freezes.TryGetValue(command.FreezeId, out var before) && IsAs(before, Freeze.Of(set)) ? Decision.Unchanged : set;
    }

    private static bool IsAs(Freeze before, Freeze after) =>
        (before.Name, before.From, before.Until, before.EnvironmentIds is null) == (after.Name, after.From, after.Until, after.EnvironmentIds is null)
        && (before.EnvironmentIds ?? []).SetEquals(after.EnvironmentIds ?? []);
}
