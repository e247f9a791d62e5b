using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Domain.Environments;

/// <summary>
/// The Atom gets every Process of the environment. One that is in another environment moves (R55): what it ran there is
/// detached, and its licences count in the pools of the new classification (R34), audited once on the final state.
/// </summary>
public static class AttachAtomToEnvironmentDecider
{
    public static void Needs(AttachAtomToEnvironment command, Account account, Needs needs)
    {
        needs.AllEnvironments();
        needs.Atom(command.AtomId);
        if (account.Environments is null || account.LiveAtom(command.AtomId) is not { } atom || EnvironmentRules.NotUsed(command.EnvironmentId, account) is not null) return;
        if (atom.EnvironmentId == command.EnvironmentId) return;
        var known = needs.ProcessesIn(command.EnvironmentId);
        if (atom.EnvironmentId is { } former) known &= needs.ProcessesIn(former);
        if (!known) return;
        var processIds = Processes(command, account);
        needs.Component(processIds);
        needs.Attachment(processIds.Select(processId => new AttachmentKey(processId, command.AtomId)));
        if (!processIds.TrueForAll(account.Components.ContainsKey)) return;
        var changes = Changes(command, account);
        foreach (var change in Added(changes, command.AtomId))
        {
            if (change.After.VersionOn(command.AtomId) is > 0 and var version) needs.Manifest(new(change.ProcessId, version));
        }

        ConnectionAudit.Needs(changes, account, needs);
    }

    public static Decision Decide(AttachAtomToEnvironment command, Account account)
    {
        if (AtomRules.Unknown([command.AtomId], account) is { } unknown) return unknown;
        if (EnvironmentRules.NotUsed(command.EnvironmentId, account) is { } notUsed) return Refused(command, notUsed);
        var atom = account.LiveAtom(command.AtomId)!;
        if (atom.EnvironmentId == command.EnvironmentId) return Decision.Unchanged;

        var (changes, environments) = (Changes(command, account), account.KnownEnvironments());
        var (audit, refusal) = ConnectionAudit.Judge(changes, account);
        if (refusal is not null) return Refused(command, refusal).Audited(audit);
        var added = Added(changes, command.AtomId);
        return Decision
            .Accepted([
                .. PairRules.Detached(changes, command.AtomId, LicenceMove.Of(account.KnownLicences(), changes), account),
                new AtomAttachedToEnvironment
                {
                    AtomId = command.AtomId,
                    EnvironmentId = command.EnvironmentId,
                    EnvironmentName = environments.Live(command.EnvironmentId)!.Name,
                    Classification = environments.Live(command.EnvironmentId)!.Classification,
                    FormerEnvironmentId = atom.EnvironmentId,
                    FormerEnvironmentName = atom.EnvironmentId is { } former ? environments.All[former].Name : null,
                },
                .. added.Select(change => PairRules.Attached(change, command.EnvironmentId, command.AtomId, audit)),
            ])
            .With(ConnectionAudit.Warnings(audit))
            .With(WarningLimit.First(added.SelectMany(change => ExtensionRules.WarningsOfVersion(account.Component(change.ProcessId)!, change.After.VersionOn(command.AtomId), [command.AtomId], account))))
            .With(WarningLimit.First(added.SelectMany(change => ScheduleRules.StillSuspended(change.ProcessId, [command.AtomId], resuming: false, account))))
            .Audited(audit);
    }

    /// <summary>Those that the Atom gets.</summary>
    private static List<DeploymentChange> Added(List<DeploymentChange> changes, Guid atomId) => changes.FindAll(change => change.After.AtomIds.Contains(atomId));

    private static List<Guid> Processes(AttachAtomToEnvironment command, Account account)
    {
        var here = account.ProcessesIn[command.EnvironmentId];
        return [.. account.LiveAtom(command.AtomId)!.EnvironmentId is { } former ? here.Union(account.ProcessesIn[former]) : here];
    }

    private static List<DeploymentChange> Changes(AttachAtomToEnvironment command, Account account) =>
        [.. from processId in Processes(command, account)
            let before = account.Component(processId)!.Deployment
            let without = before.Without(command.AtomId)
            select new DeploymentChange(processId, before, before.In(command.EnvironmentId).Attached
                ? without.With(command.EnvironmentId, here => here with { AtomIds = here.AtomIds.Add(command.AtomId) })
                : without)];

    private static Decision Refused(AttachAtomToEnvironment command, Refusal refusal) => Decision.Refused(refusal, new EnvironmentAttachmentRefused
    {
        AtomId = command.AtomId,
        EnvironmentId = command.EnvironmentId,
        Code = refusal.Code,
        Message = refusal.Message,
        Details = refusal.Details,
    });
}
