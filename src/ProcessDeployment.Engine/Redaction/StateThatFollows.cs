using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Webhooks;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Redaction;

/// <summary>
/// What decisions look at, put right with the events themselves: a deployment before the end of the rebuild would otherwise
/// write the text into a new event. Every text of a row is what the latest event says that sets it.
/// </summary>
internal static class StateThatFollows
{
    private static readonly string Component = $"""
        update process_deployment.component_state s
        set state = s.state || jsonb_strip_nulls(jsonb_build_object('name', l.data -> 'name', 'folder', l.data -> 'folder', 'extensions', l.data -> 'extensions'))
        from (
            select e.data from events.mt_events e
            where e.tenant_id = $1 and e.stream_id = $3 and e.type = '{WireNameAttribute.Of(typeof(RevisionMade))}' order by e.version desc limit 1) l
        where s.account_id = $1 and s.component_id = $2
        """;

    private static readonly string Manifest = $"""
        update process_deployment.process_version v set manifest = e.data -> 'manifest'
        from events.mt_events e
        where e.tenant_id = $1 and {LeafSql.Position} = $3 and e.type = '{WireNameAttribute.Of(typeof(VersionDeployed))}'
            and v.account_id = $1 and v.process_id = $2 and v.version_number = (e.data ->> 'versionNumber')::int
        """;

    private static readonly string Atom = $"""
        update process_deployment.atom_state s
        set state = s.state || jsonb_strip_nulls(jsonb_build_object('name', n.data -> 'name', 'hostName', r.data -> 'hostName'))
        from (
            select e.version, e.data from events.mt_events e
            where e.tenant_id = $1 and e.stream_id = $3 and e.type = '{WireNameAttribute.Of(typeof(AtomRegistered))}' order by e.version desc limit 1) r,
        (
            select e.data from events.mt_events e
            where e.tenant_id = $1 and e.stream_id = $3 and e.type in ('{WireNameAttribute.Of(typeof(AtomRegistered))}', '{WireNameAttribute.Of(typeof(AtomRenamed))}')
            order by e.version desc limit 1) n
        where s.account_id = $1 and s.atom_id = $2
        """;

    private static readonly string Environment = $"""
        update process_deployment.environment_state s set state = s.state || jsonb_build_object('name', l.data -> 'name')
        from (
            select e.data from events.mt_events e
            where e.tenant_id = $1 and e.stream_id = $3 and e.type in ('{WireNameAttribute.Of(typeof(EnvironmentCreated))}', '{WireNameAttribute.Of(typeof(EnvironmentUpdated))}')
            order by e.version desc limit 1) l
        where s.account_id = $1 and s.environment_id = $2
        """;

    private static readonly string Webhook = $"""
        update process_deployment.webhook_state s set state = s.state || jsonb_build_object('url', l.data -> 'url')
        from (
            select e.data from events.mt_events e
            where e.tenant_id = $1 and e.stream_id = $3 and e.type = '{WireNameAttribute.Of(typeof(WebhookSet))}' order by e.version desc limit 1) l
        where s.account_id = $1 and s.webhook_id = $2
        """;

    /// <summary>Adds it, behind what alters the event.</summary>
    public static void AddTo(AccountBatch batch, EventToRedact altered)
    {
        if (altered.Members.All(member => EventToRedact.PathOf(member) is null) || altered.Stream.Split('/') is not [var kind, var text] || !Guid.TryParse(text, out var id)) return;
        var (key, stream) = (new NpgsqlParameter<Guid> { TypedValue = id }, Parameters.Value(altered.Stream));
        if (kind == "atom") batch.Execute(Atom, key, stream);
        if (kind == "environment") batch.Execute(Environment, key, stream);
        if (kind == "webhook") batch.Execute(Webhook, key, stream);
        if (kind != "component") return;
        batch.Execute(Component, key, stream);
        batch.Execute(Manifest, new NpgsqlParameter<Guid> { TypedValue = id }, Parameters.Value(altered.Position));
    }
}
