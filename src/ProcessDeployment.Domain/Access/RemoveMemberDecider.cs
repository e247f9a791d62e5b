using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>Takes all roles from somebody. The very last member may go: then nobody is asked for roles any more.</summary>
public static class RemoveMemberDecider
{
    public static Decision Decide(RemoveMember command, Account account)
    {
        var access = account.KnownAccess();
        if (!access.Members.ContainsKey(command.Member)) return new Refusal(RefusalCodes.UnknownMember, $"{command.Member} has no roles here.");
        var removed = new MemberRemoved { Member = command.Member };
        return GrantRules.WithoutAdministrator(access.Evolve(removed)) is { } nobody ? nobody : removed;
    }
}
