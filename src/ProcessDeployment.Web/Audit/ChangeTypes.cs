namespace ProcessDeployment.Web.Audit;

/// <summary>What can happen, as people look for it: the names of the events, those of every day first.</summary>
internal static class ChangeTypes
{
    public static IReadOnlyList<string> All { get; } =
    [
        "version-deployed", "deployment-refused", "atom-attached", "atom-detached", "attachment-refused", "move-refused", "version-promoted", "promotion-refused", "version-labelled", "version-withdrawn",
        "revision-made", "component-deleted", "component-restored",
        "atom-registered", "atom-renamed", "atom-status-changed", "atom-deleted", "atom-token-issued", "atom-token-revoked", "version-downloaded", "download-failed",
        "schedules-set", "schedules-stopped", "schedules-suspended", "schedules-resumed", "runs-missed", "listener-paused", "listener-resumed", "listener-restarted", "extension-values-set",
        "execution-requested", "execution-started", "execution-completed", "execution-cancel-requested", "retry-awaited",
        "licences-purchased", "licence-enforcement-changed",
        "environments-enabled", "environments-disabled", "environment-created", "environment-updated", "environment-deleted", "environment-attachment-refused",
        "atom-attached-to-environment", "atom-detached-from-environment", "process-attached-to-environment", "process-detached-from-environment",
        "webhook-set", "webhook-deleted", "export-made", "export-read", "rebuild-started", "rebuild-ended", "settings-changed", "event-skipped", "personal-data-redacted", "account-moved",
    ];
}
