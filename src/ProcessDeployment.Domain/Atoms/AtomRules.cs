using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Atoms;

/// <summary>The refusal that several commands share.</summary>
internal static class AtomRules
{
    /// <summary>Names every Atom that does not exist or was deleted; null when all are there.</summary>
    public static Refusal? Unknown(IEnumerable<Guid> atomIds, Account account)
    {
        List<Guid> unknown = [.. atomIds.Where(atomId => account.LiveAtom(atomId) is null).Distinct()];
        return unknown.Count == 0 ? null : new(RefusalCodes.UnknownAtom, $"There is no Atom {string.Join(", ", unknown)}.", new AtomsDetails(unknown));
    }
}
