using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Atoms;

/// <summary>Ids of Atoms are never used again, even after the Atom was deleted.</summary>
public static class RegisterAtomDecider
{
    public static void Needs(RegisterAtom command, Needs needs) => needs.Atom(command.AtomId);

    public static Decision Decide(RegisterAtom command, Account account) =>
        account.Atoms.GetValueOrDefault(command.AtomId) is { } atom
            ? new Refusal(RefusalCodes.AtomExists, $"Atom {atom.AtomId} exists already{(atom.Deleted ? " and was deleted" : "")}: {atom.Name}.")
            : new AtomRegistered
            {
                AtomId = command.AtomId,
                Name = command.Name,
                HostName = command.HostName,
                AtomType = command.AtomType ?? AtomType.Atom,
                TimeZone = command.TimeZone ?? "UTC",
            };
}
