using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>Makes a role of the account or changes one; whoever has it may do as it says from now on.</summary>
public static class SetRoleDecider
{
    public static Decision Decide(SetRole command, Account account)
    {
        if (BuiltInRoles.All.ContainsKey(command.Role)) return GrantRules.BuiltIn(command.Role);
        var access = account.KnownAccess();
        if (!access.Roles.ContainsKey(command.Role) && access.Roles.Count >= Limits.Roles) return new Refusal(RefusalCodes.TooMany, $"There are {Limits.Roles} roles, which is the most of an account.");
        if (access.Roles.TryGetValue(command.Role, out var before) && before.SetEquals(command.Privileges)) return Decision.Unchanged;
        var set = new RoleSet { Role = command.Role, Privileges = [.. command.Privileges.Distinct().Order()] };
        return GrantRules.WithoutAdministrator(access.Evolve(set)) is { } nobody ? nobody : set;
    }
}
