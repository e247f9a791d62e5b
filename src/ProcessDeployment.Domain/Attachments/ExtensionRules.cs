using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Attachments;

/// <summary>What versions declare, and what is missing where they run.</summary>
internal static class ExtensionRules
{
    /// <summary>Warnings are kept with the outcome for ever; the question about the Process on the Atom names everything.</summary>
    private const int MostNames = 5;

    /// <summary>Those of the Process itself: what bundled children declare is for their own deployments (R49).</summary>
    public static IReadOnlyList<ExtensionDeclaration> Declared(Guid processId, IEnumerable<ManifestEntry> manifest) =>
        manifest.FirstOrDefault(entry => entry.ComponentId == processId)?.Extensions ?? [];

    /// <summary>What <see cref="Warnings"/> has to look up, of a Process whose version declares anything.</summary>
    public static void Needs(Guid processId, IEnumerable<ManifestEntry> manifest, IReadOnlyList<Guid> atomIds, Needs needs)
    {
        if (Declared(processId, manifest).Count == 0) return;
        needs.Atom(atomIds);
        needs.Attachment(atomIds.Select(atomId => new AttachmentKey(processId, atomId)));
    }

    /// <summary>A version may be deployed before the values it needs are there (#35): said once for Atoms that lack the same.</summary>
    public static IEnumerable<Warning> Warnings(Component process, IEnumerable<ManifestEntry> manifest, IEnumerable<Guid> atomIds, Account account)
    {
        var lacking =
            from missing in MissingValues.Of(process.ComponentId, manifest, atomIds, account)
            group account.Atoms[missing.AtomId]!.Name by Names(missing.Keys);
        return WarningLimit.First(lacking.Select(atoms => new Warning("NeedsConfiguration", $"{process.Name} needs values of its extensions {atoms.Key} on {Names(atoms)}.")));
    }

    /// <summary>The same where Atoms are attached to a version that exists.</summary>
    public static IEnumerable<Warning> WarningsOfVersion(Component process, int versionNumber, IEnumerable<Guid> atomIds, Account account) =>
        versionNumber == 0 ? [] : Warnings(process, account.Manifests[new(process.ComponentId, versionNumber)]!.Manifest, atomIds, account);

    private static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count <= MostNames ? string.Join(", ", all) : $"{string.Join(", ", all.Take(MostNames))} and {all.Count - MostNames} more";
    }
}
