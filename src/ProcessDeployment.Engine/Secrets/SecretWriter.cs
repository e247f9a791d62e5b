using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Webhooks;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Secrets;

/// <summary>Writes sealed values in the transaction of the events that say they changed, and takes away those that no longer hold.</summary>
internal static class SecretWriter
{
    public static void AddTo(RoundTrip trip, IReadOnlyList<AccountChanges> accounts)
    {
        Extensions(trip, accounts);
        Webhooks(trip, accounts);
    }

    private static void Extensions(RoundTrip trip, IReadOnlyList<AccountChanges> accounts)
    {
        // Several commands of a batch may set the same: only what the last one says is left.
        var changes = (
            from account in accounts
            from judged in account.Judged
            from placed in judged.Events
            where placed.Event is ExtensionValuesSet
            let set = (ExtensionValuesSet)placed.Event
            from change in set.Cleared.Select(key => new Change(account.AccountId, set.Key(), key, placed.Position, null))
                .Concat(set.Values.Select(value => new Change(account.AccountId, set.Key(), value.Key, placed.Position, SealedOf(judged.Command, value))))
            group change by (change.AccountId, change.Of, change.Key) into ofKey
            select ofKey.MaxBy(change => change.Position)!).ToList();
        trip.Execute(
            """
            insert into process_deployment.extension_secret (account_id, process_id, atom_id, key, key_id, sealed)
            select * from unnest($1, $2, $3, $4, $5, $6)
            on conflict (account_id, process_id, atom_id, key) do update set key_id = excluded.key_id, sealed = excluded.sealed
            """,
            changes.FindAll(change => change.Sealed is not null),
            change => change.AccountId,
            rows => rows.Uuid(c => c.Of.ProcessId).Uuid(c => c.Of.AtomId).Text(c => c.Key).Text(c => c.Sealed!.KeyId).Bytes(c => c.Sealed!.Value));
        trip.Execute(
            """
            delete from process_deployment.extension_secret s using unnest($1, $2, $3, $4) as c(account_id, process_id, atom_id, key)
            where s.account_id = c.account_id and s.process_id = c.process_id and s.atom_id = c.atom_id and s.key = c.key
            """,
            changes.FindAll(change => change.Sealed is null),
            change => change.AccountId,
            rows => rows.Uuid(c => c.Of.ProcessId).Uuid(c => c.Of.AtomId).Text(c => c.Key));
        // Nobody can ask for the values of a deleted Atom any more.
        trip.Execute(
            """
            delete from process_deployment.extension_secret s using unnest($1, $2) as d(account_id, atom_id)
            where s.account_id = d.account_id and s.atom_id = d.atom_id
            """,
            (from account in accounts
             from judged in account.Judged
             from placed in judged.Events
             where placed.Event is AtomDeleted
             select (account.AccountId, ((AtomDeleted)placed.Event).AtomId)).ToList(),
            deleted => deleted.AccountId,
            rows => rows.Uuid(deleted => deleted.AtomId));
    }

    private static void Webhooks(RoundTrip trip, IReadOnlyList<AccountChanges> accounts)
    {
        var changes = (
            from account in accounts
            from judged in account.Judged
            from placed in judged.Events
            where placed.Event is WebhookSet { SecretChanged: true } or WebhookDeleted
            let webhookId = ((WebhookEvent)placed.Event).WebhookId
            let value = placed.Event is WebhookDeleted ? null : judged.Command.Sealed?[SecretOwner.OfWebhook] ?? throw Unsealed()
            group (account.AccountId, WebhookId: webhookId, placed.Position, Sealed: value) by (account.AccountId, webhookId) into ofWebhook
            select ofWebhook.MaxBy(change => change.Position)).ToList();
        trip.Execute(
            """
            insert into process_deployment.webhook_secret (account_id, webhook_id, key_id, sealed)
            select * from unnest($1, $2, $3, $4)
            on conflict (account_id, webhook_id) do update set key_id = excluded.key_id, sealed = excluded.sealed
            """,
            changes.FindAll(change => change.Sealed is not null),
            change => change.AccountId,
            rows => rows.Uuid(c => c.WebhookId).Text(c => c.Sealed!.KeyId).Bytes(c => c.Sealed!.Value));
        trip.Execute(
            "delete from process_deployment.webhook_secret s using unnest($1, $2) as c(account_id, webhook_id) where s.account_id = c.account_id and s.webhook_id = c.webhook_id",
            changes.FindAll(change => change.Sealed is null),
            change => change.AccountId,
            rows => rows.Uuid(c => c.WebhookId));
    }

    private static InvalidOperationException Unsealed() => new("A secret value came to the store without being sealed.");

    private static SealedValue? SealedOf(IncomingCommand command, ExtensionValue value) => value is not { Secret: true, UseDefault: false }
        ? null
        : command.Sealed?[value.Key] ?? throw Unsealed();

    private sealed record Change(string AccountId, AttachmentKey Of, string Key, long Position, SealedValue? Sealed);
}
