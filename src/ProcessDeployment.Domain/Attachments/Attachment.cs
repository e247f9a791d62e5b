using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Listeners;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Domain.Attachments;

/// <summary>A Process on an Atom.</summary>
public readonly record struct AttachmentKey(Guid ProcessId, Guid AtomId);

/// <summary>What is known of a Process on one Atom. Whether it is attached there says the Process; this is kept when it is not.</summary>
public sealed record Attachment
{
    public required Guid ProcessId { get; init; }
    public required Guid AtomId { get; init; }

    /// <summary>The version that the Atom reports it runs; null when it reported none since it was attached.</summary>
    public int? AcknowledgedVersion { get; init; }

    /// <summary>What went wrong with the download it reported last; null when nothing did.</summary>
    public FailedDownload? Failure { get; init; }

    /// <summary>What its extensions are set to there, by key; null while nothing is. Kept when it is detached (#10) and when a version does not declare them (#66).</summary>
    public IReadOnlyList<ExtensionValue>? Extensions { get; init; }

    public IReadOnlyList<ExtensionValue> ExtensionValues() => Extensions ?? [];

    /// <summary>When it is to run there; null when nobody ever said.</summary>
    public ScheduleState? Schedules { get; init; }

    /// <summary>True while it is a listener that takes no requests there; null else.</summary>
    public bool? Paused { get; init; }

    /// <summary>Never refuses history: an event that does not concern it leaves it as it is.</summary>
    public static Attachment? Evolve(Attachment? attachment, DomainEvent @event) => @event switch
    {
        AttachmentEvent happened => (attachment ?? new() { ProcessId = happened.ProcessId, AtomId = happened.AtomId }).Evolve(happened),
        // What the Atom has is its own affair from then on: attached again, it has to say so anew.
        AtomDetached detached => attachment is null ? null : attachment with
        {
            AcknowledgedVersion = null,
            Failure = null,
            Paused = null,
            Schedules = ScheduleState.AreSuspendedBy(detached) ? attachment.Schedules?.Resting(SuspensionReason.Detached) : attachment.Schedules,
        },
        _ => attachment,
    };

    private Attachment Evolve(AttachmentEvent @event) => @event switch
    {
        VersionDownloaded downloaded => this with { AcknowledgedVersion = downloaded.VersionNumber, Failure = null },
        SchedulesSet set => this with { Schedules = ScheduleState.Of(set) },
        SchedulesStopped when Schedules is not null => this with { Schedules = Schedules with { Status = ScheduleStatus.Stopped, SuspendedFor = null } },
        SchedulesSuspended suspended => this with { Schedules = Schedules?.Resting(suspended.SuspendedFor) },
        SchedulesResumed when Schedules is not null => this with { Schedules = Schedules with { Status = ScheduleStatus.Enabled, SuspendedFor = null } },
        ListenerPaused => this with { Paused = true },
        ListenerResumed or ListenerRestarted => this with { Paused = null },
        DownloadFailed failed => this with { Failure = new(failed.VersionNumber, failed.Message) },
        ExtensionValuesSet set => this with { Extensions = Set(set) },
        _ => this,
    };

    private List<ExtensionValue>? Set(ExtensionValuesSet set)
    {
        var changed = set.Values.Select(value => value.Key).Concat(set.Cleared).ToHashSet(StringComparer.Ordinal);
        List<ExtensionValue> values = [.. ExtensionValues().Where(value => !changed.Contains(value.Key)).Concat(set.Values).OrderBy(value => value.Key, StringComparer.Ordinal)];
        return values.Count == 0 ? null : values;
    }
}

/// <summary>A download that failed, and why in the words of the Atom.</summary>
public sealed record FailedDownload(int VersionNumber, string? Message);
