using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Storage.Parameters;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>Looks up what decisions need, all in one round trip. What was asked for and not found becomes known as absent.</summary>
internal sealed class AccountLoader
{
    private readonly Dictionary<Guid, Component?> _components = [];
    private readonly Dictionary<Guid, Atom?> _atoms = [];
    private readonly Dictionary<Guid, IEnumerable<Guid>> _attachedTo = [];
    private readonly Dictionary<Guid, IEnumerable<Guid>> _referrers = [];
    private readonly Dictionary<Guid, List<DeployedVersion>> _versions = [];
    private readonly Dictionary<VersionKey, DeployedManifest?> _manifests = [];
    private readonly Dictionary<LicencePair, ImmutableSortedSet<Holding>.Builder> _holdings = [];
    private readonly Dictionary<string, long> _streams;
    private LicenceState _licences = LicenceState.None;

    /// <param name="streams">Receives the length of each stream that was looked up.</param>
    public AccountLoader(Dictionary<string, long> streams) => _streams = streams;

    public void AddTo(AccountBatch batch, Needs needs)
    {
        if (needs.Closures.Count > 0) Closures(batch, needs.Closures);
        if (needs.Components.Count > 0) Components(batch, needs.Components);
        if (needs.Atoms.Count > 0) Atoms(batch, needs.Atoms);
        if (needs.AttachedTo.Count > 0) Sets(batch, AttachedSql, needs.AttachedTo, _attachedTo);
        if (needs.Referrers.Count > 0) Sets(batch, ReferrersSql, needs.Referrers, _referrers);
        if (needs.Versions.Count > 0) Versions(batch, needs.Versions);
        if (needs.Manifests.Count > 0) Manifests(batch, needs.Manifests);
        if (needs.Licences) Pools(batch);
        if (needs.Pairs.Count > 0) Pairs(batch, needs.Pairs);
        if (needs.Holders.Count > 0) Holders(batch, needs.Holders);
    }

    /// <summary>What came back.</summary>
    public Found Found(Needs needs) => new()
    {
        Components = _components,
        Atoms = _atoms,
        AttachedTo = _attachedTo,
        Referrers = _referrers,
        Versions = _versions.ToDictionary(found => found.Key, found => found.Value.ToImmutableArray()),
        Manifests = _manifests,
        Licences = !needs.Licences && _holdings.Count == 0 && needs.Holders.Count == 0 ? null : _licences with
        {
            Holdings = _holdings.ToImmutableDictionary(found => found.Key, found => found.Value.ToImmutable()),
            ListedClasses = [.. needs.Holders],
        },
    };

    private void Closures(AccountBatch batch, HashSet<Guid> roots)
    {
        foreach (var root in roots) _components[root] = null;
        batch.Query(
            """
            with recursive closure(id) as (
                select unnest($2)
                union
                select d.to_id from closure c join process_deployment.component_dependency d on d.account_id = $1 and d.from_id = c.id)
            select c.id, s.stream_version, s.state
            from closure c left join process_deployment.component_state s on s.account_id = $1 and s.component_id = c.id
            """,
            Component,
            Array([.. roots]));
    }

    private void Components(AccountBatch batch, HashSet<Guid> ids)
    {
        foreach (var id in ids) _components.TryAdd(id, null);
        batch.Query(
            "select component_id, stream_version, state from process_deployment.component_state where account_id = $1 and component_id = any($2)",
            Component,
            Array([.. ids]));
    }

    private void Component(NpgsqlDataReader row)
    {
        var id = row.GetGuid(0);
        _components[id] = row.IsDBNull(1) ? null : JsonSerializer.Deserialize(row.GetString(2), StateJson.Default.Component);
        if (!row.IsDBNull(1)) _streams[StreamNames.Component(id)] = row.GetInt64(1);
    }

    private void Atoms(AccountBatch batch, HashSet<Guid> ids)
    {
        foreach (var id in ids) _atoms[id] = null;
        batch.Query(
            "select atom_id, stream_version, state from process_deployment.atom_state where account_id = $1 and atom_id = any($2)",
            row =>
            {
                _atoms[row.GetGuid(0)] = JsonSerializer.Deserialize(row.GetString(2), StateJson.Default.Atom);
                _streams[StreamNames.Atom(row.GetGuid(0))] = row.GetInt64(1);
            },
            Array([.. ids]));
    }

    private const string AttachedSql = "select atom_id, process_id from process_deployment.attachment_state where account_id = $1 and atom_id = any($2)";

    private const string ReferrersSql = "select to_id, from_id from process_deployment.component_dependency where account_id = $1 and to_id = any($2)";

    private static void Sets(AccountBatch batch, string sql, HashSet<Guid> keys, Dictionary<Guid, IEnumerable<Guid>> sets)
    {
        foreach (var key in keys) sets[key] = new List<Guid>();
        batch.Query(sql, row => ((List<Guid>)sets[row.GetGuid(0)]).Add(row.GetGuid(1)), Array([.. keys]));
    }

    private void Versions(AccountBatch batch, HashSet<Guid> processIds)
    {
        foreach (var id in processIds) _versions[id] = [];
        batch.Query(
            """
            select process_id, version_number, content_digest from process_deployment.process_version
            where account_id = $1 and process_id = any($2) order by process_id, version_number
            """,
            row => _versions[row.GetGuid(0)].Add(new(row.GetInt32(1), row.GetString(2))),
            Array([.. processIds]));
    }

    private void Manifests(AccountBatch batch, HashSet<VersionKey> keys)
    {
        foreach (var key in keys) _manifests[key] = null;
        batch.Query(
            """
            select v.process_id, v.version_number, v.digest, v.content_digest, v.manifest
            from unnest($2, $3) as k(process_id, version_number) join process_deployment.process_version v
              on v.account_id = $1 and v.process_id = k.process_id and v.version_number = k.version_number
            """,
            row => _manifests[new(row.GetGuid(0), row.GetInt32(1))] =
                new(row.GetString(2), row.GetString(3), JsonSerializer.Deserialize(row.GetString(4), StateJson.Default.Manifest)!),
            Array(keys.Select(key => key.ProcessId).ToArray()),
            Array(keys.Select(key => key.VersionNumber).ToArray()));
    }

    private void Pools(AccountBatch batch)
    {
        batch.Query(
            "select mode, stream_version from process_deployment.licence_state where account_id = $1",
            row =>
            {
                _licences = _licences with { Mode = Enum.Parse<LicenceEnforcement>(row.GetString(0)) };
                _streams[StreamNames.Licences] = row.GetInt64(1);
            });
        batch.Query(
            "select class, classification, purchased, used from process_deployment.licence_pool where account_id = $1",
            row => _licences = _licences with
            {
                Pools = _licences.Pools.SetItem(
                    new(Enum.Parse<ConnectorClass>(row.GetString(0)), Enum.Parse<Classification>(row.GetString(1))),
                    new(row.IsDBNull(2) ? null : row.GetInt32(2), row.GetInt32(3))),
            });
    }

    private void Pairs(AccountBatch batch, HashSet<LicencePair> pairs)
    {
        foreach (var pair in pairs) _holdings[pair] = ImmutableSortedSet.CreateBuilder<Holding>();
        batch.Query(
            """
            select h.component_id, h.atom_id, h.class, h.process_id
            from unnest($2, $3) as p(component_id, atom_id) join process_deployment.licence_holding h
              on h.account_id = $1 and h.component_id = p.component_id and h.atom_id = p.atom_id
            """,
            Held,
            Array(pairs.Select(pair => pair.ComponentId).ToArray()),
            Array(pairs.Select(pair => pair.AtomId).ToArray()));
    }

    /// <summary>All holders of a class, with every other need of the same pairs: a known pair must be wholly known.</summary>
    private void Holders(AccountBatch batch, HashSet<ConnectorClass> classes) =>
        batch.Query(
            """
            select h.component_id, h.atom_id, h.class, h.process_id
            from (select distinct component_id, atom_id from process_deployment.licence_holding where account_id = $1 and class = any($2)) p
            join process_deployment.licence_holding h on h.account_id = $1 and h.component_id = p.component_id and h.atom_id = p.atom_id
            """,
            Held,
            Array(classes.Select(@class => @class.ToString()).ToArray()));

    private void Held(NpgsqlDataReader row)
    {
        var pair = new LicencePair(row.GetGuid(0), row.GetGuid(1));
        if (!_holdings.TryGetValue(pair, out var holdings)) _holdings[pair] = holdings = ImmutableSortedSet.CreateBuilder<Holding>();
        holdings.Add(new(Enum.Parse<ConnectorClass>(row.GetString(2)), row.GetGuid(3)));
    }
}
