using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Licences;

namespace ProcessDeployment.Domain.Processes;

/// <summary>Attaching is needed once per Atom, not per version (R2). It is audited only where versions exist (R3), on the total, all or nothing (#4).</summary>
public static class AttachAtomsDecider
{
    public static void Needs(AttachAtoms command, Account account, Needs needs)
    {
        needs.Atom(command.AtomIds);
        if (needs.Component(command.ProcessId) && account.Component(command.ProcessId) is not null)
            ConnectionAudit.Needs([Change(command, account)], account, needs);
    }

    public static Decision Decide(AttachAtoms command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return ProcessRules.IsThere(notLive) ? Refused(command, notLive) : notLive;
        if (AtomRules.Unknown(command.AtomIds, account) is { } unknown) return Refused(command, unknown);

        var change = Change(command, account);
        var added = change.After.AtomIds.Except(change.Before.AtomIds);
        if (added.IsEmpty) return Decision.Unchanged;
        if (change.Before.CurrentVersion == 0) return Decision.Accepted(added.Select(atomId => new AtomAttached { ProcessId = command.ProcessId, AtomId = atomId }));

        var (audit, refusal) = ConnectionAudit.Judge([change], account);
        var decision = refusal is not null
            ? Refused(command, refusal)
            : Decision.Accepted(added.Select(atomId => Attached(change, atomId, audit))).With(ConnectionAudit.Warnings(audit));
        return decision.Audited(audit);
    }

    /// <summary>The version that exists becomes effective there at once, without a new number (R4).</summary>
    internal static AtomAttached Attached(DeploymentChange change, Guid atomId, LicenceAudit audit) => new()
    {
        ProcessId = change.ProcessId,
        AtomId = atomId,
        EffectiveVersion = change.Before.CurrentVersion,
        Audit = audit.Of(pair => pair.AtomId == atomId),
    };

    private static DeploymentChange Change(AttachAtoms command, Account account)
    {
        var before = account.Component(command.ProcessId)!.Deployment;
        return new(command.ProcessId, before, before with { AtomIds = before.AtomIds.Union(command.AtomIds) });
    }

    private static Decision Refused(AttachAtoms command, Refusal refusal) => Decision.Refused(refusal, new AttachmentRefused
    {
        ProcessId = command.ProcessId,
        AtomIds = [.. command.AtomIds.Distinct()],
        Code = refusal.Code,
        Message = refusal.Message,
        Details = refusal.Details,
    });
}
