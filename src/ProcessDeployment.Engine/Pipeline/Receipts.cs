using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>What an answer says of attachments that began or ended, and of schedules that were put to work or to rest by that. The view <c>stored_outcome</c> says the same in SQL.</summary>
internal static class Receipts
{
    private static readonly Dictionary<string, Func<string, DomainEvent>> Read = new(StringComparer.Ordinal)
    {
        [WireNameAttribute.Of(typeof(AtomAttached))] = From<AtomAttached>,
        [WireNameAttribute.Of(typeof(AtomDetached))] = From<AtomDetached>,
        [WireNameAttribute.Of(typeof(SchedulesResumed))] = From<SchedulesResumed>,
        [WireNameAttribute.Of(typeof(SchedulesSuspended))] = From<SchedulesSuspended>,
    };

    /// <summary>The types that leave something on a receipt: only of these the body is read again.</summary>
    public static readonly string[] Types = [.. Read.Keys];

    /// <summary>Null for an event that leaves nothing on a receipt.</summary>
    public static ReceiptItem? Of(DomainEvent @event) => @event switch
    {
        AtomAttached attached => new()
        {
            ProcessId = attached.ProcessId,
            AtomId = attached.AtomId,
            Change = AttachmentChange.Attached,
            VersionNumber = attached.EffectiveVersion,
            LicencesTaken = attached.Audit?.NetNew ?? [],
        },
        AtomDetached detached => new()
        {
            ProcessId = detached.ProcessId,
            AtomId = detached.AtomId,
            Change = AttachmentChange.Detached,
            VersionNumber = detached.FormerVersion,
            LicencesFreed = detached.LicencesFreed,
            Suspended = detached.Suspended,
        },
        SchedulesResumed resumed => new() { ProcessId = resumed.ProcessId, AtomId = resumed.AtomId, Change = AttachmentChange.SchedulesResumed },
        SchedulesSuspended suspended => new() { ProcessId = suspended.ProcessId, AtomId = suspended.AtomId, Change = AttachmentChange.SchedulesSuspended },
        _ => null,
    };

    /// <summary>As an event says that was stored; null where it cannot be read, since the outcome must be told all the same.</summary>
    /// <param name="type">Its name of today.</param>
    /// <param name="body">In its form of today.</param>
    public static ReceiptItem? Of(string type, string body)
    {
        try
        {
            return Of(Read[type](body));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static T From<T>(string body)
        where T : DomainEvent => JsonSerializer.Deserialize<T>(body, WireJson.Options)!;
}
