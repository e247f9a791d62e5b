using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>Gives somebody roles instead of those he had.</summary>
public static class SetMemberDecider
{
    public static void Needs(SetMember command, Needs needs) => GrantRules.Needs(command.Roles, needs);

    public static Decision Decide(SetMember command, Account account, Authority? by = null)
    {
        if (GrantRules.Unknown(command.Roles, account) is { } unknown) return unknown;
        var access = account.KnownAccess();
        if (!access.Members.ContainsKey(command.Member) && access.Members.Count >= Limits.Members) return new Refusal(RefusalCodes.TooMany, $"There are {Limits.Members} members, which is the most of an account.");
        var set = new MemberSet { Member = command.Member, Roles = [.. command.Roles.Distinct().OrderBy(grant => grant.Role, StringComparer.Ordinal).ThenBy(grant => grant.EnvironmentId)] };
        // A name that nobody has would lock everybody out; whoever runs the engine can mend that, others only by beginning with themselves.
        if (access.Members.IsEmpty && by?.Kind == AuthorityKind.Actor && command.Member != command.Actor)
            return new Refusal(RefusalCodes.NoAdministrator, $"The first member of an account is whoever makes it one, here {command.Actor}; then come the others.");
        if (access.Members.TryGetValue(command.Member, out var before) && before.SequenceEqual(set.Roles)) return Decision.Unchanged;
        return GrantRules.WithoutAdministrator(access.Evolve(set)) is { } nobody ? nobody : set;
    }
}
