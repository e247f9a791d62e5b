using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Processes;

/// <summary>What commands to packages share, and what stands in the way of other commands. The versions of the Process must have been looked up.</summary>
internal static class PackageRules
{
    /// <summary>The version; null when there is none of that number.</summary>
    public static DeployedVersion? Find(VersionKey key, Account account) => account.Versions[key.ProcessId].FirstOrDefault(version => version.VersionNumber == key.VersionNumber);

    /// <summary>Why a version is not used any more; null when it may be.</summary>
    public static Refusal? Withdrawn(VersionKey key, Account account) => Find(key, account) is { Withdrawn: true } version
        ? new(RefusalCodes.VersionWithdrawn, $"Version {key.VersionNumber} was withdrawn.", Details(version))
        : null;

    /// <summary>Why a Process cannot have a label; null when it can. What was withdrawn keeps its label too (R19).</summary>
    public static Refusal? Taken(Guid processId, string label, Account account) =>
        account.Versions[processId].FirstOrDefault(version => string.Equals(version.Label, label, StringComparison.Ordinal)) is { } holder
            ? new(RefusalCodes.LabelTaken, $"Version {holder.VersionNumber}{(holder.Withdrawn ? ", which was withdrawn," : "")} has that label already, and none is used twice.", Details(holder))
            : null;

    public static PackageDetails Details(DeployedVersion version, params IEnumerable<Guid> currentIn) =>
        new(version.VersionNumber, version.Label, [.. currentIn.Take(PackageDetails.MostEnvironments)]);
}
