using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>The refusals that commands about roles share.</summary>
internal static class GrantRules
{
    /// <summary>What is asked for beside the access itself: the environments that grants name.</summary>
    public static void Needs(IEnumerable<RoleGrant> grants, Needs needs)
    {
        if (grants.Any(grant => grant.EnvironmentId is not null)) needs.AllEnvironments();
    }

    /// <summary>Why these roles cannot be given; null when they can.</summary>
    public static Refusal? Unknown(IEnumerable<RoleGrant> grants, Account account)
    {
        foreach (var grant in grants)
        {
            if (account.KnownAccess().PrivilegesOf(grant.Role).IsEmpty) return new(RefusalCodes.UnknownRole, $"There is no role {grant.Role}.");
            if (grant.EnvironmentId is { } id && account.KnownEnvironments().Live(id) is null) return new(RefusalCodes.UnknownEnvironment, $"There is no environment {id}.", new EnvironmentDetails(id));
        }

        return null;
    }

    public static Refusal BuiltIn(string role) => new(RefusalCodes.BuiltInRole, $"Every account has the role {role}; it cannot be changed.");

    /// <summary>Without one nobody could ever change who may do what.</summary>
    public static Refusal? WithoutAdministrator(AccessState after) =>
        after.Members.IsEmpty || after.Members.Values.Any(grants => after.Hold(grants, Privilege.Access))
            ? null
            : new(RefusalCodes.NoAdministrator, "Nobody would be left who may say who may do what. Give somebody the role administrator everywhere first.");
}
