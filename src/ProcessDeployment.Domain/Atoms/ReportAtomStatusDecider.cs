using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Atoms;

/// <summary>An Atom reports as often as it likes; only changes are history.</summary>
public static class ReportAtomStatusDecider
{
    public static void Needs(ReportAtomStatus command, Needs needs) => needs.Atom(command.AtomId);

    public static Decision Decide(ReportAtomStatus command, Account account)
    {
        if (AtomRules.Unknown([command.AtomId], account) is { } unknown) return unknown;

        var former = account.LiveAtom(command.AtomId)!.Status;
        return former == command.Status
            ? Decision.Unchanged
            : new AtomStatusChanged { AtomId = command.AtomId, Status = command.Status, FormerStatus = former };
    }
}
