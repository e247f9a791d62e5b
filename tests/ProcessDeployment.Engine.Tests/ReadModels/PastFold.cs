using System.Text.Json;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Listeners;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Domain.Webhooks;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Engine.Tests.ReadModels;

/// <summary>What the ranges of the read models must hold at the end of some events, from the oracle where it knows and else from the last event of each kind.</summary>
internal static class PastFold
{
    public static IEnumerable<object?[]> Of(IEnumerable<RecordedEvent> until)
    {
        var events = until.ToList();
        var oracle = Oracle.Fold(events);
        var changes = events.Where(e => e.Event is ComponentEvent).ToLookup(e => ((ComponentEvent)e.Event).ComponentId);
        return
        [
            .. oracle.Components.Values.Select(c => new object?[]
                { "component", c.ComponentId, c.ComponentType, c.Name, c.Folder, c.LatestRevision, c.Deleted, changes[c.ComponentId].Last().Actor, changes[c.ComponentId].Last().Time }),
            .. oracle.Atoms.Values.Select(a => new object?[] { "atom", a.AtomId, a.Name, a.HostName, a.TimeZone, a.Deleted, a.Status.ToString().ToUpperInvariant() }),
            .. oracle.Environments.Values.Select(e => new object?[] { "environment", e.EnvironmentId, e.Name, Word(e.Classification), e.Order, e.Deleted }),
            .. oracle.Environments.Values.SelectMany(e => e.Atoms.Select(atomId => new object?[] { "atom in", e.EnvironmentId, atomId })),
            .. oracle.Environments.Values.SelectMany(e => e.Processes.Select(process => new object?[] { "process in", e.EnvironmentId, process.ProcessId })),
            .. oracle.CurrentIn.Select(current => new object?[] { "current in", current.Key.EnvironmentId, current.Key.ProcessId, current.Value }),
            .. events.Where(e => e.Event is EnvironmentUseEvent).TakeLast(1).Select(_ => new object?[] { "environments", oracle.UsesEnvironments }),
            .. Attached(events),
            .. Reported(events),
            .. Extended(events),
            .. Scheduled(events),
            .. Listened(events),
            .. Executed(events),
            .. Hooked(events),
            .. oracle.Versions.SelectMany(versions => versions.Value[^1].Manifest.Select(p => new object?[] { "pinned", versions.Key, p.ComponentId, p.Revision, p.ContentHash })),
            .. oracle.Components.Values.SelectMany(c => c.References.Select(r => new object?[] { "refers", c.ComponentId, r.ComponentId, JsonSerializer.Serialize(r.Kind, Contracts.Json.WireJson.Options).Trim('"') })),
            .. oracle.Versions.SelectMany(versions => versions.Value.Where(v => v.Label is not null || v.Withdrawn).Select(v => new object?[] { "package", versions.Key, v.VersionNumber, v.Label, v.Withdrawn })),
            .. oracle.Versions.Select(versions => new object?[] { "current", versions.Key, versions.Value[^1].VersionNumber }),
            .. oracle.Pools.Where(p => p.Purchased is not null).Select(p => new object?[] { "pool", Word(p.Class), p.Purchased }),
            .. events.Where(e => e.Event is LicenceEnforcementChanged).TakeLast(1).Select(_ => new object?[] { "mode", Word(oracle.Mode) }),
            .. oracle.Pools.SelectMany(p => p.Connections.Select(c => new object?[] { "licence", Word(p.Class), Word(p.Classification), c.ComponentId, c.AtomId })),
        ];
    }

    private static IEnumerable<object?[]> Attached(List<RecordedEvent> events)
    {
        var attached = new Dictionary<(Guid, Guid), DateTimeOffset>();
        foreach (var recorded in events)
        {
            if (recorded.Event is AtomAttached a) attached.Add((a.ProcessId, a.AtomId), recorded.Time);
            if (recorded.Event is AtomDetached d) attached.Remove((d.ProcessId, d.AtomId));
        }

        return attached.Select(a => new object?[] { "attached", a.Key.Item1, a.Key.Item2, a.Value });
    }

    private static IEnumerable<object?[]> Reported(List<RecordedEvent> events) =>
        from recorded in events
        where recorded.Event is VersionDownloaded or DownloadFailed
        let happened = (AttachmentEvent)recorded.Event
        group happened by happened.Key() into reports
        select reports.Last() switch
        {
            VersionDownloaded e => new object?[] { "download", e.ProcessId, e.AtomId, e.VersionNumber, false, e.VersionNumber, null },
            DownloadFailed e => ["download", e.ProcessId, e.AtomId, e.VersionNumber, true, e.AcknowledgedVersion, e.Message],
            var other => throw new NotSupportedException(other.GetType().Name),
        };

    private static IEnumerable<object?[]> Extended(List<RecordedEvent> events)
    {
        var values = new Dictionary<(AttachmentKey, string), object?[]>();
        foreach (var set in events.Select(recorded => recorded.Event).OfType<ExtensionValuesSet>())
        {
            foreach (var value in set.Values) values[(set.Key(), value.Key)] = ["extension", set.ProcessId, set.AtomId, value.Key, value.Secret, value.Value, value.UseDefault];
            foreach (var key in set.Cleared) values.Remove((set.Key(), key)).ShouldBeTrue();
        }

        return values.Values;
    }

    private static IEnumerable<object?[]> Scheduled(List<RecordedEvent> events)
    {
        var (lists, statuses) = (new Dictionary<AttachmentKey, object?[]>(), new Dictionary<AttachmentKey, (string Status, string? For)>());
        foreach (var happened in events.Select(recorded => recorded.Event))
        {
            if (happened is SchedulesSet set) lists[set.Key()] = ["scheduled", set.ProcessId, set.AtomId, set.TimeZone, set.Schedules.Count, set.Retry?.MaxRetry ?? 0];
            if (happened is SchedulesSet or SchedulesStopped or SchedulesSuspended or SchedulesResumed) statuses[((AttachmentEvent)happened).Key()] = happened switch
            {
                SchedulesSet e => (Word(e.Status), e.SuspendedFor?.ToString()),
                SchedulesSuspended e => ("suspended", e.SuspendedFor.ToString()),
                SchedulesStopped => ("stopped", null),
                _ => ("enabled", null),
            };
            if (happened is AtomDetached { Suspended.Count: > 0 } detached) statuses[new(detached.ProcessId, detached.AtomId)] = ("suspended", "Detached");
        }

        return lists.Values.Concat(statuses.Select(status => new object?[] { "schedules", status.Key.ProcessId, status.Key.AtomId, status.Value.Status, status.Value.For }));
    }

    private static IEnumerable<object?[]> Listened(List<RecordedEvent> events)
    {
        var listeners = new Dictionary<AttachmentKey, string>();
        foreach (var happened in events.Select(recorded => recorded.Event))
        {
            if (happened is ListenerPaused paused) listeners[paused.Key()] = "PAUSED";
            if (happened is ListenerResumed or ListenerRestarted) listeners[((AttachmentEvent)happened).Key()] = "RUNNING";
            if (happened is AtomDetached detached) listeners.Remove(new(detached.ProcessId, detached.AtomId));
        }

        return listeners.Select(listener => new object?[] { "listener", listener.Key.ProcessId, listener.Key.AtomId, listener.Value });
    }

    private static IEnumerable<object?[]> Executed(List<RecordedEvent> events) =>
        from recorded in events
        where recorded.Event is ExecutionEvent
        let happened = (ExecutionEvent)recorded.Event
        group happened by happened.ExecutionId into life
        let asked = life.OfType<ExecutionRequested>().SingleOrDefault()
        let started = life.OfType<ExecutionStarted>().SingleOrDefault()
        let ended = life.OfType<ExecutionCompleted>().SingleOrDefault()
        select new object?[]
        {
            "execution", life.Key, life.First().ProcessId, life.First().AtomId, asked is null ? "subProcess" : Word(asked.Kind),
            ended is not null ? Word(ended.Status) : started is not null ? "STARTED" : "REQUESTED", started?.VersionNumber ?? asked!.VersionNumber,
            life.OfType<ExecutionCancelRequested>().Any(), started?.ParentExecutionId, started?.TopLevelExecutionId, ended?.Message,
        };

    private static IEnumerable<object?[]> Hooked(List<RecordedEvent> events) =>
        from happened in events.Select(recorded => recorded.Event).OfType<WebhookEvent>()
        group happened by happened.WebhookId into ofWebhook
        where ofWebhook.Last() is WebhookSet
        let set = (WebhookSet)ofWebhook.Last()
        select new object?[] { "webhook", set.WebhookId, set.Url, set.Enabled };

    private static string Word<T>(T value) => JsonSerializer.Serialize(value, Contracts.Json.WireJson.Options).Trim('"');
}
