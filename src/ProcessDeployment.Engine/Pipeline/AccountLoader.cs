using System.Text.Json;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>Looks up what decisions need, for all accounts of a transaction in one round trip.</summary>
internal sealed class AccountLoader
{
    private readonly RoundTrip _trip;
    private readonly IReadOnlyList<LookUp> _lookUps;
    private readonly Dictionary<string, Findings> _findings;

    private AccountLoader(RoundTrip trip, IReadOnlyList<LookUp> lookUps) =>
        (_trip, _lookUps, _findings) = (trip, lookUps, lookUps.ToDictionary(lookUp => lookUp.AccountId, lookUp => lookUp.Findings, StringComparer.Ordinal));

    public static void AddTo(RoundTrip trip, IReadOnlyList<LookUp> lookUps, AccessPictures pictures)
    {
        var loader = new AccountLoader(trip, lookUps);
        loader.Components();
        loader.Atoms();
        loader.Attachments();
        loader.Executions();
        loader.UnderWay();
        loader.Environments();
        loader.Webhooks();
        AccessLoader.AddTo(trip, lookUps, pictures);
        loader.Relations();
        loader.Versions();
        loader.Pools();
        loader.Holdings();
        loader.Streams();
    }

    private void Components()
    {
        Ask(
            """
            with recursive closure(account_id, id) as (
                select * from unnest($1, $2)
                union
                select c.account_id, d.to_id from closure c join process_deployment.component_dependency d on d.account_id = c.account_id and d.from_id = c.id)
            select c.account_id, c.id, s.stream_version, s.state
            from closure c left join process_deployment.component_state s on s.account_id = c.account_id and s.component_id = c.id
            """,
            needs => needs.Closures, Component);
        Ask(
            """
            select s.account_id, s.component_id, s.stream_version, s.state
            from unnest($1, $2) as k(account_id, id) join process_deployment.component_state s on s.account_id = k.account_id and s.component_id = k.id
            """,
            needs => needs.Components, Component);
    }

    private static void Component(Findings findings, NpgsqlDataReader row)
    {
        if (row.IsDBNull(2)) findings.NoComponent(row.GetGuid(1));
        else findings.Component(row.GetGuid(1), row.GetInt64(2), JsonSerializer.Deserialize(row.GetString(3), StateJson.Default.Component)!);
    }

    private void Atoms() => Ask(
        """
        select s.account_id, s.atom_id, s.stream_version, s.state
        from unnest($1, $2) as k(account_id, id) join process_deployment.atom_state s on s.account_id = k.account_id and s.atom_id = k.id
        """,
        needs => needs.Atoms, (findings, row) => findings.Atom(row.GetGuid(1), row.GetInt64(2), JsonSerializer.Deserialize(row.GetString(3), StateJson.Default.Atom)!));

    private void Attachments() => Ask(
        """
        select s.account_id, s.process_id, s.atom_id, s.stream_version, s.state
        from unnest($1, $2, $3) as k(account_id, process_id, atom_id) join process_deployment.process_atom_state s
          on s.account_id = k.account_id and s.process_id = k.process_id and s.atom_id = k.atom_id
        """,
        needs => needs.Attachments, rows => rows.Uuid(asked => asked.Key.ProcessId).Uuid(asked => asked.Key.AtomId),
        (findings, row) => findings.Attachment(
            new(row.GetGuid(1), row.GetGuid(2)), row.GetInt64(3), JsonSerializer.Deserialize(row.GetString(4), StateJson.Default.Attachment)!));

    private void Executions() => Ask(
        """
        select s.account_id, s.execution_id, s.stream_version, s.state
        from unnest($1, $2) as k(account_id, id) join process_deployment.execution_state s on s.account_id = k.account_id and s.execution_id = k.id
        """,
        needs => needs.Executions,
        (findings, row) => findings.Execution(row.GetGuid(1), row.GetInt64(2), JsonSerializer.Deserialize(row.GetString(3), StateJson.Default.Execution)!));

    /// <summary>By the index of those that have not ended.</summary>
    private void UnderWay() => Ask(
        """
        select k.account_id, k.process_id, k.atom_id, s.execution_id
        from unnest($1, $2, $3) as k(account_id, process_id, atom_id) join process_deployment.execution_state s
          on s.account_id = k.account_id and s.state ->> 'processId' = k.process_id::text and s.state ->> 'atomId' = k.atom_id::text
        where s.state ->> 'status' in ('REQUESTED', 'STARTED') and s.state ->> 'kind' <> 'subProcess'
        """,
        needs => needs.UnderWay, rows => rows.Uuid(asked => asked.Key.ProcessId).Uuid(asked => asked.Key.AtomId),
        (findings, row) => findings.IsUnderWay(new(row.GetGuid(1), row.GetGuid(2)), row.GetGuid(3)));

    private void Environments()
    {
        var asking = _lookUps.Where(lookUp => lookUp.Needs.Environments).ToList();
        _trip.Query(
            "select account_id, environment_id, stream_version, state from process_deployment.environment_state where account_id = any($1)",
            asking, lookUp => lookUp.AccountId, columns: null,
            row => Of(row).Environment(row.GetGuid(1), row.GetInt64(2), JsonSerializer.Deserialize(row.GetString(3), StateJson.Default.DeploymentEnvironment)!));
        _trip.Query(
            "select account_id, stream_version, enabled from process_deployment.environment_use_state where account_id = any($1)",
            asking, lookUp => lookUp.AccountId, columns: null, row => Of(row).EnvironmentUse(row.GetInt64(1), row.GetBoolean(2)));
    }

    private void Webhooks()
    {
        Ask(
            "select s.account_id, s.webhook_id, s.stream_version, s.state from unnest($1, $2) as k(account_id, id) join process_deployment.webhook_state s on s.account_id = k.account_id and s.webhook_id = k.id",
            needs => needs.Webhooks, (findings, row) => findings.Webhook(row.GetGuid(1), row.GetInt64(2), JsonSerializer.Deserialize(row.GetString(3), StateJson.Default.Webhook)!));
        _trip.Query(
            "select account_id, webhook_id from process_deployment.webhook_state where account_id = any($1) and not (state -> 'deleted')::boolean",
            _lookUps.Where(lookUp => lookUp.Needs.LiveWebhooks).ToList(), lookUp => lookUp.AccountId, columns: null, row => Of(row).LiveWebhook(row.GetGuid(1)));
    }

    private void Relations()
    {
        // As many as a refusal names: only a refusal asks.
        Ask(
            $"""
            select k.account_id, k.process_id, k.atom_id, p.process_id
            from unnest($1, $2, $3) as k(account_id, process_id, atom_id)
            cross join lateral (
                select a.process_id from process_deployment.attachment_state a
                join process_deployment.component_state s on s.account_id = a.account_id and s.component_id = a.process_id
                cross join lateral (
                    select coalesce((
                        select (e ->> 'currentVersion')::int from jsonb_array_elements(s.state -> 'deployment' -> 'environments') e where e -> 'atomIds' ? a.atom_id::text),
                        (s.state -> 'deployment' ->> 'currentVersion')::int) as version_number) n
                join process_deployment.process_version v on v.account_id = a.account_id and v.process_id = a.process_id and v.version_number = n.version_number
                where a.account_id = k.account_id and a.atom_id = k.atom_id and a.process_id <> k.process_id
                    and v.manifest @> jsonb_build_array(jsonb_build_object('componentId', k.process_id))
                order by a.process_id limit {ParentsDetails.MostParents}) p
            """,
            needs => needs.Parents, rows => rows.Uuid(asked => asked.Key.ProcessId).Uuid(asked => asked.Key.AtomId),
            (findings, row) => findings.Bundled(new(row.GetGuid(1), row.GetGuid(2)), row.GetGuid(3)));
        Ask(
            """
            select a.account_id, a.atom_id, a.process_id
            from unnest($1, $2) as k(account_id, id) join process_deployment.attachment_state a on a.account_id = k.account_id and a.atom_id = k.id
            """,
            needs => needs.AttachedTo, (findings, row) => findings.Attached(row.GetGuid(1), row.GetGuid(2)));
        Ask(
            """
            select a.account_id, a.environment_id, a.atom_id
            from unnest($1, $2) as k(account_id, id) join process_deployment.environment_atom_state a on a.account_id = k.account_id and a.environment_id = k.id
            """,
            needs => needs.AtomsOf, (findings, row) => findings.AtomIn(row.GetGuid(1), row.GetGuid(2)));
        Ask(
            """
            select p.account_id, p.environment_id, p.process_id
            from unnest($1, $2) as k(account_id, id) join process_deployment.environment_process_state p on p.account_id = k.account_id and p.environment_id = k.id
            """,
            needs => needs.ProcessesOf, (findings, row) => findings.ProcessIn(row.GetGuid(1), row.GetGuid(2)));
        _trip.Query(
            "select distinct account_id, process_id from process_deployment.attachment_state where account_id = any($1)",
            _lookUps.Where(lookUp => lookUp.Needs.AnyAttached).ToList(), lookUp => lookUp.AccountId, columns: null, row => Of(row).AttachedSomewhere(row.GetGuid(1)));
        Ask(
            """
            select d.account_id, d.to_id, d.from_id
            from unnest($1, $2) as k(account_id, id) join process_deployment.component_dependency d on d.account_id = k.account_id and d.to_id = k.id
            """,
            needs => needs.Referrers, (findings, row) => findings.Refers(row.GetGuid(1), row.GetGuid(2)));
    }

    private void Versions()
    {
        Ask(
            """
            select v.account_id, v.process_id, v.version_number, v.content_digest, m.label, coalesce(m.withdrawn, false)
            from unnest($1, $2) as k(account_id, id) join process_deployment.process_version v on v.account_id = k.account_id and v.process_id = k.id
            left join process_deployment.process_version_mark m on m.account_id = v.account_id and m.process_id = v.process_id and m.version_number = v.version_number
            order by v.account_id, v.process_id, v.version_number
            """,
            needs => needs.Versions, (findings, row) => findings.Version(row.GetGuid(1), new(row.GetInt32(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetBoolean(5))));
        Ask(
            """
            select v.account_id, v.process_id, v.version_number, v.digest, v.content_digest, v.manifest
            from unnest($1, $2, $3) as k(account_id, process_id, version_number) join process_deployment.process_version v
              on v.account_id = k.account_id and v.process_id = k.process_id and v.version_number = k.version_number
            """,
            needs => needs.Manifests, rows => rows.Uuid(asked => asked.Key.ProcessId).Number(asked => asked.Key.VersionNumber),
            (findings, row) => findings.Manifest(
                new(row.GetGuid(1), row.GetInt32(2)),
                new(row.GetString(3), row.GetString(4), JsonSerializer.Deserialize(row.GetString(5), StateJson.Default.Manifest)!)));
    }

    private void Pools()
    {
        var asking = _lookUps.Where(lookUp => lookUp.Needs.Licences).ToList();
        _trip.Query(
            "select account_id, stream_version, mode from process_deployment.licence_state where account_id = any($1)",
            asking, lookUp => lookUp.AccountId, columns: null, row => Of(row).Licences(row.GetInt64(1), Enum.Parse<LicenceEnforcement>(row.GetString(2))));
        _trip.Query(
            "select account_id, class, classification, purchased, used from process_deployment.licence_pool where account_id = any($1)",
            asking, lookUp => lookUp.AccountId, columns: null,
            row => Of(row).Pool(
                new(Enum.Parse<ConnectorClass>(row.GetString(1)), Enum.Parse<Classification>(row.GetString(2))),
                new(row.IsDBNull(3) ? null : row.GetInt32(3), row.GetInt32(4))));
    }

    private void Holdings()
    {
        Ask(
            """
            select h.account_id, h.component_id, h.atom_id, h.class, h.classification, h.process_id
            from unnest($1, $2, $3) as p(account_id, component_id, atom_id) join process_deployment.licence_holding h
              on h.account_id = p.account_id and h.component_id = p.component_id and h.atom_id = p.atom_id
            """,
            needs => needs.Pairs, rows => rows.Uuid(asked => asked.Key.ComponentId).Uuid(asked => asked.Key.AtomId), Held);

        // As many as a refusal names, with every other need of the same pairs: a known pair must be wholly known.
        Ask(
            $"""
            select h.account_id, h.component_id, h.atom_id, h.class, h.classification, h.process_id
            from unnest($1, $2, $3) as k(account_id, class, classification)
            cross join lateral (
                select distinct c.component_id, c.atom_id from process_deployment.licence_holding c
                where c.account_id = k.account_id and c.class = k.class and c.classification = k.classification order by c.component_id, c.atom_id limit {LicenceExceededDetails.MostHolders}) p
            join process_deployment.licence_holding h on h.account_id = k.account_id and h.component_id = p.component_id and h.atom_id = p.atom_id
            """,
            needs => needs.Holders, rows => rows.Text(asked => asked.Key.Class.ToString()).Text(asked => asked.Key.Classification.ToString()), Held);
    }

    private void Streams() => Ask(
        """
        select s.tenant_id, s.id, s.version
        from unnest($1, $2) as k(account_id, id) join events.mt_streams s on s.tenant_id = k.account_id and s.id = k.id
        """,
        needs => needs.Streams, rows => rows.Text(asked => asked.Key), (findings, row) => findings.Stream(row.GetString(1), row.GetInt64(2)));

    private static void Held(Findings findings, NpgsqlDataReader row) =>
        findings.Held(new(row.GetGuid(1), row.GetGuid(2)), new(new(Enum.Parse<ConnectorClass>(row.GetString(3)), Enum.Parse<Classification>(row.GetString(4))), row.GetGuid(5)));

    private void Ask(string sql, Func<Needs, IEnumerable<Guid>> ids, Action<Findings, NpgsqlDataReader> read) =>
        Ask(sql, ids, rows => rows.Uuid(asked => asked.Key), read);

    private void Ask<TKey>(string sql, Func<Needs, IEnumerable<TKey>> keys, Action<Rows<(string AccountId, TKey Key)>> columns, Action<Findings, NpgsqlDataReader> read) => _trip.Query(
        sql,
        (from lookUp in _lookUps from key in keys(lookUp.Needs) select (lookUp.AccountId, key)).ToList(),
        asked => asked.AccountId, columns, row => read(Of(row), row));

    private Findings Of(NpgsqlDataReader row) => _findings[row.GetString(0)];
}
