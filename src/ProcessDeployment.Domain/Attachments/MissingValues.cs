using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Attachments;

/// <summary>Extensions that the version on an Atom declares and that nothing is set for there (#35).</summary>
/// <param name="ProcessId">The Process.</param>
/// <param name="AtomId">The Atom.</param>
/// <param name="Keys">In the order of the declaration.</param>
public sealed record MissingValues(Guid ProcessId, Guid AtomId, IReadOnlyList<string> Keys)
{
    /// <summary>Where a version becomes effective by events that were decided over this account.</summary>
    public static IEnumerable<MissingValues> After(IEnumerable<DomainEvent> events, Account account) => events.SelectMany(happened => happened switch
    {
        VersionDeployed deployed => Of(deployed.ProcessId, deployed.Manifest, deployed.Targets.SelectMany(target => target.AtomIds), account),
        VersionPromoted promoted => Of(promoted.ProcessId, Manifest(promoted.ProcessId, promoted.VersionNumber, account), promoted.Targets.SelectMany(target => target.AtomIds), account),
        AtomAttached { EffectiveVersion: { } version } attached => Of(attached.ProcessId, Manifest(attached.ProcessId, version, account), [attached.AtomId], account),
        _ => [],
    });

    /// <summary>Those of a version on Atoms, which have to be looked up where it declares anything.</summary>
    internal static IEnumerable<MissingValues> Of(Guid processId, IEnumerable<ManifestEntry> manifest, IEnumerable<Guid> atomIds, Account account)
    {
        var declared = ExtensionRules.Declared(processId, manifest);
        if (declared.Count == 0) return [];
        return from atomId in atomIds
               let values = account.Attachments[new(processId, atomId)]?.ExtensionValues() ?? []
               let keys = declared.Select(declaration => declaration.Key).Except(values.Select(value => value.Key), StringComparer.Ordinal).ToList()
               where keys.Count > 0
               select new MissingValues(processId, atomId, keys);
    }

    private static IEnumerable<ManifestEntry> Manifest(Guid processId, int versionNumber, Account account) => account.Manifests[new(processId, versionNumber)]!.Manifest;
}
