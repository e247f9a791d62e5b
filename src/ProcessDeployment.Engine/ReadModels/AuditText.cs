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
using ProcessDeployment.Engine.Halting;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>An event in words. The names of Atoms come between the two halves, from the history, where <see cref="ListsAtoms"/> says so.</summary>
public sealed record AuditText(string Summary)
{
    /// <summary>What it happened to, where the event says it.</summary>
    public string? Name { get; init; }

    public IReadOnlyList<Guid> AtomIds { get; init; } = [];

    public bool ListsAtoms { get; init; }

    public string? Rest { get; init; }

    public static AuditText Of(DomainEvent happened) => happened switch
    {
        RevisionMade e => new(e.Revision == 1 ? "created as revision 1" : $"saved as revision {e.Revision}") { Name = e.Name },
        ComponentDeleted e => new($"deleted at revision {e.Revision}"),
        ComponentRestored e => new($"restored at revision {e.Revision}"),
        AtomRegistered e => new("registered") { Name = e.Name, AtomIds = [e.AtomId] },
        AtomRenamed e => new($"renamed to {e.Name}") { Name = e.Name, AtomIds = [e.AtomId] },
        AtomStatusChanged e => new($"reported itself {WireWord.Of(e.Status)}, before {WireWord.Of(e.FormerStatus)}") { AtomIds = [e.AtomId] },
        AtomTokenIssued e => new($"token {e.TokenId} issued{(e.ExpiresAt is { } end ? $", good until {end}" : "")}") { AtomIds = [e.AtomId] },
        AtomTokenRevoked e => new($"token {e.TokenId} revoked") { AtomIds = [e.AtomId] },
        AtomDeleted e => new("deleted") { AtomIds = [e.AtomId] },
        LicencesPurchased e => new($"{WireWord.Of(e.Class)}: {string.Join(", ", Counts(e))} purchased") { Name = "Licences" },
        LicenceEnforcementChanged e => new($"enforcement set to {WireWord.Of(e.Mode)}") { Name = "Licences" },
        EnvironmentsEnabled => new("environments turned on") { Name = "Environments" },
        EnvironmentsDisabled => new("environments turned off") { Name = "Environments" },
        AtomAttachedToEnvironment e => new($"attached to environment {e.EnvironmentName}{(e.FormerEnvironmentName is { } former ? $", which it left {former} for" : "")}") { AtomIds = [e.AtomId] },
        AtomDetachedFromEnvironment e => new($"detached from environment {e.EnvironmentName}") { AtomIds = [e.AtomId] },
        EnvironmentAttachmentRefused e => new($"attaching to environment {e.EnvironmentId} refused: {e.Message}") { AtomIds = [e.AtomId] },
        ProcessAttachedToEnvironment e => new($"attached to environment {e.EnvironmentName}{(e.EffectiveVersion is { } effective ? $", where version {effective} is current" : "")}"),
        ProcessDetachedFromEnvironment e => new($"detached from environment {e.EnvironmentName}"),
        VersionPromoted e => Promoted(e),
        PromotionRefused e => new($"promoting version {e.TargetVersion} to environment {e.EnvironmentId} refused: {e.Message}"),
        EnvironmentCreated e => new($"created for {WireWord.Of(e.Classification)} at place {e.Order}") { Name = e.Name },
        EnvironmentUpdated e => new($"updated: {e.Name} at place {e.Order}") { Name = e.Name },
        EnvironmentDeleted e => new("deleted") { Name = e.Name },
        AtomAttached e => Listing("attached to ", [e.AtomId], e.EffectiveVersion is { } version ? $", where version {version} became effective" : ""),
        AtomDetached e => Listing("detached from ", [e.AtomId], e.FormerVersion is { } version ? $", where version {version} was effective" : ""),
        VersionDeployed e => Deployed(e),
        VersionLabelled e => new($"version {e.VersionNumber} labelled {e.Label}"),
        VersionWithdrawn e => new($"version {e.VersionNumber} withdrawn"),
        VersionDownloaded e => Listing($"version {e.VersionNumber} downloaded by ", [e.AtomId], ""),
        DownloadFailed e => Listing(
            $"version {e.VersionNumber} not downloaded by ", [e.AtomId], $"{(e.AcknowledgedVersion is { } number ? $", which goes on with version {number}" : "")}{(e.Message is null ? "" : $": {e.Message}")}"),
        ExtensionValuesSet e => Listing("extensions set on ", [e.AtomId], $": {string.Join(", ", e.Values.Select(Said).Concat(e.Cleared.Select(key => $"{key} taken away")))}"),
        SchedulesSet e => Listing($"{e.Schedules.Count} schedules set on ", [e.AtomId], e.Status == ScheduleStatus.Enabled ? "" : $", {WireWord.Of(e.Status)}"),
        SchedulesStopped e => Listing("schedules stopped on ", [e.AtomId], ""),
        SchedulesSuspended e => Listing($"{e.Count} schedules suspended on ", [e.AtomId], $": {WireWord.Of(e.SuspendedFor)}"),
        SchedulesResumed e => Listing("schedules resumed on ", [e.AtomId], ""),
        ListenerPaused e => Listing("listener paused on ", [e.AtomId], ""),
        ListenerResumed e => Listing("listener resumed on ", [e.AtomId], ""),
        ListenerRestarted e => Listing("listener restarted on ", [e.AtomId], ""),
        RunsMissed e => Listing($"{e.Count} runs missed on ", [e.AtomId], $": {WireWord.Of(e.MissedFor)}"),
        ExecutionRequested e => Listing($"execution of version {e.VersionNumber} requested on ", [e.AtomId], e.Kind == ExecutionKind.Manual ? "" : $", {WireWord.Of(e.Kind)}"),
        ExecutionStarted e => Listing($"execution of version {e.VersionNumber} started on ", [e.AtomId], e.ParentExecutionId is { } parent ? $", called by execution {parent}" : ""),
        ExecutionCancelRequested e => Listing("cancelling an execution requested on ", [e.AtomId], ""),
        RetryAwaited e => Listing("execution on ", [e.AtomId], $" is tried again, retry {e.Attempt}"),
        ExecutionCompleted e => Listing("execution on ", [e.AtomId], $" ended as {WireWord.Of(e.Status)}{(e.Message is null ? "" : $": {e.Message}")}"),
        WebhookSet e => new($"webhook set to send {string.Join(", ", e.EventTypes)} to {WebhookAddress.Shown(e.Url)}{(e.Enabled ? "" : ", switched off")}{(e.SecretChanged ? ", secret changed" : "")}") { Name = "Webhooks" },
        WebhookDeleted e => new($"webhook {e.WebhookId} deleted") { Name = "Webhooks" },
        AccessEvent e => new(AccessText.Of(e)) { Name = "Access" },
        AttachmentRefused e => Listing("attaching to ", e.AtomIds, $" refused: {e.Message}"),
        DeploymentRefused e => new($"deploying {(e.TargetVersion is { } target ? $"version {target} again" : "the latest revision")} refused: {e.Message}"),
        MoveRefused e => new($"moving refused: {e.Message}") { AtomIds = [.. e.FromAtomIds.Union(e.ToAtomIds)] },
        ExportMade e => Records(e.LastPosition < e.FirstPosition ? $"exported: nothing happened after position {e.LastPosition}" : $"exported, positions {e.FirstPosition} to {e.LastPosition}"),
        ExportRead e => Records($"export {e.ExportId} handed out again"),
        RebuildStarted e => Records($"{(e.VerifyOnly ? "comparing" : "rebuilding")} {string.Join(", ", e.Models)}"),
        RebuildEnded e => Records($"{e.Result}{(e.Differences > 0 ? $", {e.Differences} rows differed" : "")}{(e.Detail is null ? "" : $": {e.Detail}")}"),
        SettingsChanged e => Records(string.Join(", ", e.Changes.Select(change => $"{change.Name} changed from {change.Former ?? "nothing"} to {change.Today ?? "nothing"}"))),
        PersonalDataRedacted e => Records($"personal data taken out of position {e.EventPosition}: {string.Join(", ", e.Fields)}"),
        EventSkipped e => Records($"the event at position {e.EventPosition}, {e.EventType} in stream {e.EventStream}, marked as skipped: {e.Reason}"),
        AccountMoved e => Records($"account moved from home {e.FromHome} to {e.ToHome} with {e.Size} events, as checkpoint {e.Checkpoint} of ledger {e.FromLedger} has them, epoch {e.Epoch}"),
        PassedOver e => new($"could not be read and was passed over, marked by {e.By}: {e.Why}") { Name = e.Stream switch { StreamNames.Operations => "Records", StreamNames.Licences => "Licences", StreamNames.Environments => "Environments", StreamNames.Access => "Access", _ => null } },
        _ => new(""),
    };

    /// <summary>New values only (R52), and of a secret only that it changed (#67).</summary>
    private static string Said(ExtensionValue value) =>
        value.UseDefault ? $"{value.Key} to its default" : value.Secret ? $"{value.Key} changed" : $"{value.Key} = {value.Value}";

    private static AuditText Records(string summary) => new(summary) { Name = "Records" };

    private static AuditText Deployed(VersionDeployed e)
    {
        Guid[] atomIds = [.. e.Targets.SelectMany(target => target.AtomIds).Distinct()];
        var what = e.Targets.Count == 0 ? $"made version {e.VersionNumber}, not deployed yet"
            : $"version {e.VersionNumber} deployed{(e.RedeployOf is { } number ? $", version {number} again," : "")} {(atomIds.Length == 0 ? "nowhere yet" : "on ")}";
        var name = e.Manifest.FirstOrDefault(entry => entry.ComponentId == e.ProcessId)?.Name;
        return Listing(what, atomIds, e.Note is null ? "" : $": {e.Note}") with { Name = name };
    }

    private static AuditText Promoted(VersionPromoted e)
    {
        Guid[] atomIds = [.. e.Targets.SelectMany(target => target.AtomIds).Distinct()];
        return Listing($"version {e.VersionNumber} promoted to environment {e.EnvironmentName}{(atomIds.Length == 0 ? ", nowhere yet" : ", on ")}", atomIds, e.Note is null ? "" : $": {e.Note}");
    }

    private static AuditText Listing(string before, IReadOnlyList<Guid> atomIds, string after) =>
        new(before) { AtomIds = [.. atomIds.Distinct()], ListsAtoms = true, Rest = after };

    private static IEnumerable<string> Counts(LicencesPurchased e)
    {
        if (e.Production is { } production) yield return $"{production} for production";
        if (e.Test is { } test) yield return $"{test} for test";
    }
}
