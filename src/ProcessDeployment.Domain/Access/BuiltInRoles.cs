using System.Collections.Immutable;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Access;

/// <summary>The roles that every account has. Whoever builds and whoever deploys to production are best two people (R57).</summary>
public static class BuiltInRoles
{
    public const string Administrator = "administrator";

    private static readonly ImmutableSortedSet<Privilege> Look = [Privilege.BuildRead, Privilege.AtomRead, Privilege.LicenceRead];

    public static ImmutableSortedDictionary<string, ImmutableSortedSet<Privilege>> All { get; } = new Dictionary<string, ImmutableSortedSet<Privilege>>(StringComparer.Ordinal)
    {
        [Administrator] = [.. Enum.GetValues<Privilege>()],
        ["designer"] = Look.Add(Privilege.BuildWrite),
        ["deployer"] = Look.Add(Privilege.Deploy),
        ["operator"] = Look.Union([Privilege.Schedule, Privilege.Execute, Privilege.AtomWrite, Privilege.Operate]),
        ["auditor"] = Look.Add(Privilege.AuditRead),
        ["viewer"] = Look,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
