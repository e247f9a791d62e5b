using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Web.Access;

/// <summary>What the Access page shows, and to whom.</summary>
/// <param name="Access">Who may do what.</param>
/// <param name="Own">What whoever looks at it may do.</param>
/// <param name="Environments">Those that roles and freezes can be for, without what is in them.</param>
public sealed record AccessView(AccessAnswer Access, OwnAccess Own, IReadOnlyList<EnvironmentItem> Environments)
{
    /// <summary>The names of those that pass freezes, by id.</summary>
    public IReadOnlyDictionary<Guid, string> Processes { get; init; } = new Dictionary<Guid, string>();

    public IEnumerable<string> RoleNames => Access.Roles.Select(role => role.Role);

    /// <summary>Why whoever looks at it can do nothing here that takes a privilege; null when they can.</summary>
    public string? WhyNot(Privilege privilege) => Own.Holds(privilege) ? null : $"None of your roles holds {privilege.WireName()} everywhere.";

    public string NameOf(Guid environmentId) => Environments.FirstOrDefault(environment => environment.EnvironmentId == environmentId)?.Name ?? $"{environmentId}";

    /// <summary>Of a Process that passes a freeze.</summary>
    public string ProcessName(Guid processId) => Processes.GetValueOrDefault(processId) ?? $"{processId}";

    /// <summary>Roles as one reads them, such as "deployer in Test".</summary>
    public string Words(IEnumerable<RoleGrant> grants) => string.Join(", ", grants.Select(grant => grant.EnvironmentId is { } id ? $"{grant.Role} in {NameOf(id)}" : grant.Role));
}
