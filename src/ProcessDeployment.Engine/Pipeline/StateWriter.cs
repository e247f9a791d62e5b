using System.Text.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Scheduling;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>Writes what a transaction changed of the current state: the difference between each account before and after, table by table.</summary>
internal static class StateWriter
{
    public static void AddTo(RoundTrip trip, IReadOnlyList<AccountChanges> accounts)
    {
        Components(trip, accounts);
        Atoms(trip, accounts);
        Attachments(trip, accounts);
        ScheduleWriter.AddTo(trip, accounts);
        Executions(trip, accounts);
        EnvironmentWriter.AddTo(trip, [.. accounts.Where(changes => !ReferenceEquals(changes.Before.Environments, changes.Account.Environments))]);
        Webhooks(trip, accounts);
        AccessWriter.AddTo(trip, [.. accounts.Where(changes => changes.Streams.ContainsKey(StreamNames.Access))]);
        Versions(trip, accounts);
        Marks(trip, accounts);
        LicenceWriter.AddTo(trip, [.. accounts.Where(changes => !ReferenceEquals(changes.Before.Licences, changes.Account.Licences))]);
    }

    private static void Components(RoundTrip trip, IReadOnlyList<AccountChanges> accounts)
    {
        // A refusal moves the stream and leaves the state as it was: the row still has to say how long the stream is now.
        var changed = (
            from changes in accounts
            from component in changes.Account.Components
            where changes.Streams.ContainsKey(StreamNames.Component(component.Key))
            select (changes.AccountId, Id: component.Key, Length: changes.Streams[StreamNames.Component(component.Key)], Before: changes.Before.Component(component.Key), After: component.Value!)).ToList();
        trip.Execute(
            """
            insert into process_deployment.component_state (account_id, component_id, stream_version, state)
            select * from unnest($1, $2, $3, $4)
            on conflict (account_id, component_id) do update set stream_version = excluded.stream_version, state = excluded.state
            """,
            changed, c => c.AccountId, rows => rows.Uuid(c => c.Id).Position(c => c.Length).Json(c => JsonSerializer.Serialize(c.After, StateJson.Default.Component)));

        Relation(trip, "component_dependency", "from_id", "to_id", from c in changed from d in Difference(c.Before?.DependsOn(), c.After.DependsOn()) select (c.AccountId, c.Id, d.To, d.Added));
        Relation(trip, "attachment_state", "process_id", "atom_id", from c in changed from d in Difference(c.Before?.Deployment.AtomIds, c.After.Deployment.AtomIds) select (c.AccountId, c.Id, d.To, d.Added));
        Relation(trip, "environment_process_state", "process_id", "environment_id", from c in changed from d in Difference(c.Before?.Deployment.AttachedEnvironments(), c.After.Deployment.AttachedEnvironments()) select (c.AccountId, c.Id, d.To, d.Added));
    }

    private static IEnumerable<(Guid To, bool Added)> Difference(IEnumerable<Guid>? before, IEnumerable<Guid> after)
    {
        var gone = before?.ToHashSet() ?? [];
        foreach (var to in after)
        {
            if (!gone.Remove(to)) yield return (to, Added: true);
        }

        foreach (var to in gone) yield return (to, Added: false);
    }

    private static void Relation(RoundTrip trip, string table, string from, string to, IEnumerable<(string AccountId, Guid From, Guid To, bool Added)> differences)
    {
        var all = differences.ToLookup(difference => difference.Added);
        trip.Execute(
            $"insert into process_deployment.{table} (account_id, {from}, {to}) select * from unnest($1, $2, $3)",
            [.. all[true]], r => r.AccountId, rows => rows.Uuid(r => r.From).Uuid(r => r.To));
        trip.Execute(
            $"delete from process_deployment.{table} t using unnest($1, $2, $3) as r(account_id, a, b) where t.account_id = r.account_id and t.{from} = r.a and t.{to} = r.b",
            [.. all[false]], r => r.AccountId, rows => rows.Uuid(r => r.From).Uuid(r => r.To));
    }

    private static void Atoms(RoundTrip trip, IReadOnlyList<AccountChanges> accounts)
    {
        var changed = (
            from changes in accounts
            from atom in changes.Account.Atoms
            where changes.Streams.ContainsKey(StreamNames.Atom(atom.Key))
            select (changes.AccountId, Id: atom.Key, Length: changes.Streams[StreamNames.Atom(atom.Key)], Before: changes.Before.Atoms.GetValueOrDefault(atom.Key), After: atom.Value!)).ToList();
        trip.Execute(
            """
            insert into process_deployment.atom_state (account_id, atom_id, stream_version, state)
            select * from unnest($1, $2, $3, $4)
            on conflict (account_id, atom_id) do update set stream_version = excluded.stream_version, state = excluded.state
            """,
            changed, a => a.AccountId, rows => rows.Uuid(a => a.Id).Position(a => a.Length).Json(a => JsonSerializer.Serialize(a.After, StateJson.Default.Atom)));

        Relation(trip, "environment_atom_state", "atom_id", "environment_id", from a in changed from d in Difference(a.Before?.Environments(), a.After.Environments()) select (a.AccountId, a.Id, d.To, d.Added));
    }

    /// <summary>Detaching changes a state too, and its stream not; missed runs the other way round.</summary>
    private static void Attachments(RoundTrip trip, IReadOnlyList<AccountChanges> accounts) => trip.Execute(
        """
        insert into process_deployment.process_atom_state (account_id, process_id, atom_id, stream_version, state)
        select * from unnest($1, $2, $3, $4, $5)
        on conflict (account_id, process_id, atom_id) do update set stream_version = excluded.stream_version, state = excluded.state
        """,
        (from changes in accounts
         from attachment in changes.Account.Attachments
         let stream = StreamNames.Attachment(attachment.Key)
         where attachment.Value is not null
             && (changes.Streams.ContainsKey(stream) || !ReferenceEquals(attachment.Value, changes.Before.Attachments.GetValueOrDefault(attachment.Key)))
         select (changes.AccountId, attachment.Key, Length: changes.Streams.TryGetValue(stream, out var length) ? length : changes.StreamsBefore[stream], After: attachment.Value!)).ToList(),
        a => a.AccountId,
        rows => rows.Uuid(a => a.Key.ProcessId).Uuid(a => a.Key.AtomId).Position(a => a.Length).Json(a => JsonSerializer.Serialize(a.After, StateJson.Default.Attachment)));

    private static void Executions(RoundTrip trip, IReadOnlyList<AccountChanges> accounts) => trip.Execute(
        """
        insert into process_deployment.execution_state (account_id, execution_id, stream_version, state)
        select * from unnest($1, $2, $3, $4)
        on conflict (account_id, execution_id) do update set stream_version = excluded.stream_version, state = excluded.state
        """,
        (from changes in accounts
         from execution in changes.Account.Executions
         where execution.Value is not null && changes.Streams.ContainsKey(StreamNames.Execution(execution.Value.ProcessId, execution.Key))
         let length = changes.Streams[StreamNames.Execution(execution.Value.ProcessId, execution.Key)]
         select (changes.AccountId, Id: execution.Key, Length: length, After: execution.Value)).ToList(),
        e => e.AccountId,
        rows => rows.Uuid(e => e.Id).Position(e => e.Length).Json(e => JsonSerializer.Serialize(e.After, StateJson.Default.Execution)));

    private static void Webhooks(RoundTrip trip, IReadOnlyList<AccountChanges> accounts) => trip.Execute(
        """
        insert into process_deployment.webhook_state (account_id, webhook_id, stream_version, state)
        select * from unnest($1, $2, $3, $4)
        on conflict (account_id, webhook_id) do update set stream_version = excluded.stream_version, state = excluded.state
        """,
        (from changes in accounts
         from webhook in changes.Account.Webhooks
         where changes.Streams.ContainsKey(StreamNames.Webhook(webhook.Key))
         select (changes.AccountId, Id: webhook.Key, Length: changes.Streams[StreamNames.Webhook(webhook.Key)], After: webhook.Value!)).ToList(),
        w => w.AccountId,
        rows => rows.Uuid(w => w.Id).Position(w => w.Length).Json(w => JsonSerializer.Serialize(w.After, StateJson.Default.Webhook)));

    private static void Versions(RoundTrip trip, IReadOnlyList<AccountChanges> accounts) => trip.Execute(
        """
        insert into process_deployment.process_version (account_id, process_id, version_number, digest, content_digest, manifest)
        select * from unnest($1, $2, $3, $4, $5, $6)
        """,
        (from changes in accounts
         from manifest in changes.Account.Manifests
         where manifest.Value is not null && changes.Before.Manifests.GetValueOrDefault(manifest.Key) is null
         select (changes.AccountId, manifest.Key, Deployed: manifest.Value!)).ToList(),
        v => v.AccountId,
        rows => rows
            .Uuid(v => v.Key.ProcessId)
            .Number(v => v.Key.VersionNumber)
            .Text(v => v.Deployed.Digest)
            .Text(v => v.Deployed.ContentDigest)
            .Json(v => JsonSerializer.Serialize(v.Deployed.Manifest, StateJson.Default.Manifest)));

    /// <summary>Whoever labels or withdraws a version knows all of its Process.</summary>
    private static void Marks(RoundTrip trip, IReadOnlyList<AccountChanges> accounts) => trip.Execute(
        """
        insert into process_deployment.process_version_mark (account_id, process_id, version_number, label, withdrawn)
        select * from unnest($1, $2, $3, $4, $5)
        on conflict (account_id, process_id, version_number) do update set label = excluded.label, withdrawn = excluded.withdrawn
        """,
        (from changes in accounts
         from versions in changes.Account.Versions
         let before = changes.Before.Versions.GetValueOrDefault(versions.Key, [])
         where versions.Value != before
         from marked in versions.Value.Where(known => known.Label is not null || known.Withdrawn).Except(before)
         select (changes.AccountId, ProcessId: versions.Key, Marked: marked)).ToList(),
        m => m.AccountId,
        rows => rows.Uuid(m => m.ProcessId).Number(m => m.Marked.VersionNumber).Text(m => m.Marked.Label).Flag(m => m.Marked.Withdrawn));
}
