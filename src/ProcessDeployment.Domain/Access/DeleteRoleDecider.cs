using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>Takes a role away that nobody has.</summary>
public static class DeleteRoleDecider
{
    public static Decision Decide(DeleteRole command, Account account)
    {
        if (BuiltInRoles.All.ContainsKey(command.Role)) return GrantRules.BuiltIn(command.Role);
        var access = account.KnownAccess();
        if (!access.Roles.ContainsKey(command.Role)) return new Refusal(RefusalCodes.UnknownRole, $"There is no role {command.Role}.");
        var having = access.Members.Where(member => member.Value.Any(Has)).Select(member => member.Key).Concat(access.Keys.Values.Where(key => key.Roles.Any(Has)).Select(key => key.Actor())).ToList();
        return having.Count == 0
            ? new RoleDeleted { Role = command.Role }
            : new Refusal(RefusalCodes.RoleInUse, $"{having[0]}{(having.Count == 1 ? " has" : $" and {having.Count - 1} more have")} the role {command.Role}.");

        bool Has(RoleGrant grant) => grant.Role == command.Role;
    }
}
