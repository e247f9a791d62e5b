namespace ProcessDeployment.Contracts.Commands;

/// <summary>Makes a role of the account, or gives it other privileges. Those that every account has cannot be changed.</summary>
[WireName("processdeployment.set-role.v1")]
public sealed record SetRole : Command
{
    /// <summary>Name of the role: <c>[a-z][a-z0-9-]{0,39}</c>.</summary>
    public required string Role { get; init; }

    /// <summary>What its members may do, at least one.</summary>
    public required IReadOnlyList<Privilege> Privileges { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.Role("role", Role).Concat(Shape.Some("privileges", Privileges.Count, Limits.Ids));
}

/// <summary>Takes a role away. Refused while somebody has it.</summary>
[WireName("processdeployment.delete-role.v1")]
public sealed record DeleteRole : Command
{
    /// <summary>Name of the role.</summary>
    public required string Role { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() => Shape.Role("role", Role);
}

/// <summary>
/// Says which roles somebody has in the account, instead of those he had. From the first member on nobody may do more than his
/// roles let him; so the first must be an administrator, and the last one stays.
/// </summary>
[WireName("processdeployment.set-member.v1")]
public sealed record SetMember : Command
{
    /// <summary>The person or system, as <c>actor</c> of commands names it, at most 320 characters.</summary>
    public required string Member { get; init; }

    /// <summary>The roles, at least one.</summary>
    public required IReadOnlyList<RoleGrant> Roles { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.Text("member", Member, Limits.Actor, required: true).Concat(RoleGrant.Check(Roles));
}

/// <summary>Somebody has no roles in the account any more.</summary>
[WireName("processdeployment.remove-member.v1")]
public sealed record RemoveMember : Command
{
    /// <summary>The person or system.</summary>
    public required string Member { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() => Shape.Text("member", Member, Limits.Actor, required: true);
}

/// <summary>A role somebody has, everywhere or in one environment.</summary>
/// <param name="Role">Name of the role.</param>
/// <param name="EnvironmentId">Where; everywhere when left out.</param>
public sealed record RoleGrant(string Role, Guid? EnvironmentId = null)
{
    internal static IEnumerable<MemberError> Check(IReadOnlyList<RoleGrant> roles) =>
        Shape.Some("roles", roles.Count, Limits.Ids).Concat(roles.SelectMany((grant, index) => Shape.Role($"roles[{index}].role", grant.Role)));
}
