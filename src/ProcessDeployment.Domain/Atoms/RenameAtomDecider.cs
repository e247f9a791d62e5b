using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Atoms;

/// <summary>Ids rule; history keeps the name of its time (#37).</summary>
public static class RenameAtomDecider
{
    public static void Needs(RenameAtom command, Needs needs) => needs.Atom(command.AtomId);

    public static Decision Decide(RenameAtom command, Account account)
    {
        if (AtomRules.Unknown([command.AtomId], account) is { } unknown) return unknown;

        return string.Equals(account.LiveAtom(command.AtomId)!.Name, command.Name, StringComparison.Ordinal)
            ? Decision.Unchanged
            : new AtomRenamed { AtomId = command.AtomId, Name = command.Name };
    }
}
