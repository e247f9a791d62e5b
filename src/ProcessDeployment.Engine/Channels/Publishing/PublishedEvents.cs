using System.Globalization;
using System.Text.Json;
using JasperFx.Events;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
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

namespace ProcessDeployment.Engine.Publishing;

/// <summary>
/// What downstream systems get of each event. What is stored is read, brought to the record of today and written anew in
/// the form of the published schema: the stored text itself never leaves.
/// </summary>
internal static class PublishedEvents
{
    public static PublishedEvent Translate(IEvent stored)
    {
        var position = PositionOf(stored);
        return new()
        {
            Id = PublishedEvent.IdOf(stored.TenantId, position),
            Source = PublishedEvent.SourceOf(stored.TenantId),
            Type = WireNameAttribute.Of(stored.Data.GetType()),
            Time = stored.Timestamp.ToUniversalTime(),
            Subject = stored.StreamKey!,
            Data = new()
            {
                AccountId = stored.TenantId,
                Position = position,
                Actor = stored.UserName!,
                CommandId = Guid.Parse(Header(stored, "commandId")!),
                CorrelationId = stored.CorrelationId!,
                CausationId = stored.CausationId!,
                Reason = Header(stored, "reason"),
                Extensions = Extensions(stored),
                Body = Body(stored.Data),
            },
        };
    }

    public static long PositionOf(IEvent stored) => long.Parse(Header(stored, "position")!, CultureInfo.InvariantCulture);

    /// <summary>Each event type is named: a new one, or a new version of one, has its published form decided here.</summary>
    public static JsonElement Body(object @event) => @event switch
    {
        RevisionMade or ComponentDeleted or ComponentRestored => Same(@event),
        AtomRegistered or AtomRenamed or AtomStatusChanged or AtomDeleted => Same(@event),
        // Downstream nobody needs it, and what is not there cannot be tried.
        AtomTokenIssued issued => Same(issued with { SecretHash = null }),
        AtomTokenRevoked => Same(@event),
        LicencesPurchased or LicenceEnforcementChanged => Same(@event),
        AtomAttached or AtomDetached or VersionDeployed or VersionLabelled or VersionWithdrawn => Same(@event),
        VersionDownloaded or DownloadFailed or ExtensionValuesSet => Same(@event),
        SchedulesSet or SchedulesStopped or SchedulesSuspended or SchedulesResumed or RunsMissed => Same(@event),
        ListenerPaused or ListenerResumed or ListenerRestarted => Same(@event),
        ExecutionRequested or ExecutionStarted or ExecutionCancelRequested or ExecutionCompleted or RetryAwaited => Same(@event),
        EnvironmentEvent or EnvironmentUseEvent => Same(@event),
        AtomAttachedToEnvironment or AtomDetachedFromEnvironment or EnvironmentAttachmentRefused => Same(@event),
        ProcessAttachedToEnvironment or ProcessDetachedFromEnvironment or VersionPromoted or PromotionRefused => Same(@event),
        // The whole address of some is all that one needs to send there.
        WebhookSet set => Same(set with { Url = WebhookAddress.Shown(set.Url) }),
        WebhookDeleted => Same(@event),
        OperationEvent => Same(@event),
        // As with tokens: what is not there cannot be tried.
        ApiKeyIssued issued => Same(issued with { SecretHash = null }),
        AccessEvent => Same(@event),
        AttachmentRefused or DeploymentRefused or MoveRefused => Same(@event),
        _ => throw new NotSupportedException($"{@event.GetType().Name} has no published form."),
    };

    /// <summary>The published schema is that of the record.</summary>
    private static JsonElement Same(object @event) => JsonSerializer.SerializeToElement(@event, @event.GetType(), WireJson.Options);

    private static Dictionary<string, string>? Extensions(IEvent stored) =>
        Header(stored, "extensions") is { } written ? JsonSerializer.Deserialize<Dictionary<string, string>>(written, WireJson.Options) : null;

    private static string? Header(IEvent stored, string name) =>
        stored.Headers is { } headers && headers.TryGetValue(name, out var value) ? value?.ToString() : null;
}
