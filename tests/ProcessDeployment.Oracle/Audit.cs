using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Listeners;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Domain.Webhooks;

namespace ProcessDeployment.Testing;

/// <summary>What happened and what it was about, as each event says. A new event has its subjects said here, a second time.</summary>
internal static class Audit
{
    public static AuditItem Of(RecordedEvent recorded)
    {
        var (componentId, atomIds) = About(recorded.Event);
        return new(recorded.Position, recorded.Time, recorded.Actor, WireNameAttribute.Of(recorded.Event.GetType()), componentId, [.. atomIds.Distinct().Order()]);
    }

    private static (Guid? ComponentId, IEnumerable<Guid> AtomIds) About(DomainEvent happened) => happened switch
    {
        RevisionMade e => (e.ComponentId, []),
        ComponentDeleted e => (e.ComponentId, []),
        ComponentRestored e => (e.ComponentId, []),
        AtomRegistered e => (null, [e.AtomId]),
        AtomStatusChanged e => (null, [e.AtomId]),
        VersionDownloaded e => (e.ProcessId, [e.AtomId]),
        DownloadFailed e => (e.ProcessId, [e.AtomId]),
        ExtensionValuesSet e => (e.ProcessId, [e.AtomId]),
        AtomTokenIssued e => (null, [e.AtomId]),
        AtomTokenRevoked e => (null, [e.AtomId]),
        ListenerPaused or ListenerResumed or ListenerRestarted => (((AttachmentEvent)happened).ProcessId, [((AttachmentEvent)happened).AtomId]),
        SchedulesSet or SchedulesStopped or SchedulesSuspended or SchedulesResumed or RunsMissed => (((AttachmentEvent)happened).ProcessId, [((AttachmentEvent)happened).AtomId]),
        ExecutionEvent e => (e.ProcessId, [e.AtomId]),
        AtomRenamed e => (null, [e.AtomId]),
        AtomDeleted e => (null, [e.AtomId]),
        LicencesPurchased or LicenceEnforcementChanged or EnvironmentEvent or EnvironmentUseEvent or WebhookEvent or AccessEvent or OperationEvent => (null, []),
        AtomAttached e => (e.ProcessId, [e.AtomId]),
        AtomDetached e => (e.ProcessId, [e.AtomId]),
        VersionDeployed e => (e.ProcessId, e.Targets.SelectMany(target => target.AtomIds)),
        AtomAttachedToEnvironment e => (null, [e.AtomId]),
        AtomDetachedFromEnvironment e => (null, [e.AtomId]),
        EnvironmentAttachmentRefused e => (null, [e.AtomId]),
        ProcessAttachedToEnvironment e => (e.ProcessId, []),
        ProcessDetachedFromEnvironment e => (e.ProcessId, []),
        VersionPromoted e => (e.ProcessId, e.Targets.SelectMany(target => target.AtomIds)),
        PromotionRefused e => (e.ProcessId, []),
        VersionLabelled e => (e.ProcessId, []),
        VersionWithdrawn e => (e.ProcessId, []),
        AttachmentRefused e => (e.ProcessId, e.AtomIds),
        DeploymentRefused e => (e.ProcessId, []),
        MoveRefused e => (e.ProcessId, e.FromAtomIds.Concat(e.ToAtomIds)),
        _ => throw new NotSupportedException($"Nobody said what {happened.GetType().Name} is about."),
    };
}
