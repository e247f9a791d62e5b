using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Storage.Parameters;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>Writes what a batch changed of the current state: the difference between the account before and after, table by table.</summary>
internal static class StateWriter
{
    public static void AddTo(AccountBatch batch, Ledger ledger)
    {
        Components(batch, ledger);
        Atoms(batch, ledger);
        Versions(batch, ledger);
        if (!ReferenceEquals(ledger.Before.Licences, ledger.Account.Licences)) Licences(batch, ledger);
    }

    private static void Components(AccountBatch batch, Ledger ledger)
    {
        // A refusal moves the stream and leaves the state as it was: the row still has to say how long the stream is now.
        var changed = ledger.Account.Components.Where(c => ledger.Streams.ContainsKey(StreamNames.Component(c.Key))).ToList();
        if (changed.Count == 0) return;
        batch.Execute(
            """
            insert into process_deployment.component_state (account_id, component_id, stream_version, state)
            select $1, s.id, s.length, s.state from unnest($2, $3, $4) as s(id, length, state)
            on conflict (account_id, component_id) do update set stream_version = excluded.stream_version, state = excluded.state
            """,
            Array(changed.Select(c => c.Key).ToArray()),
            Array(changed.Select(c => ledger.Streams[StreamNames.Component(c.Key)]).ToArray()),
            Json(changed.Select(c => JsonSerializer.Serialize(c.Value!, StateJson.Default.Component)).ToArray()));

        Relation(batch, "component_dependency", "from_id", "to_id", changed.SelectMany(c => Difference(c.Key, ledger.Before.Component(c.Key)?.DependsOn(), c.Value!.DependsOn())));
        Relation(batch, "attachment_state", "process_id", "atom_id", changed.SelectMany(c => Difference(c.Key, ledger.Before.Component(c.Key)?.Deployment.AtomIds, c.Value!.Deployment.AtomIds)));
    }

    private static IEnumerable<(Guid From, Guid To, bool Added)> Difference(Guid from, IEnumerable<Guid>? before, IEnumerable<Guid> after)
    {
        var gone = before?.ToHashSet() ?? [];
        foreach (var to in after)
        {
            if (!gone.Remove(to)) yield return (from, to, Added: true);
        }

        foreach (var to in gone) yield return (from, to, Added: false);
    }

    private static void Relation(AccountBatch batch, string table, string from, string to, IEnumerable<(Guid From, Guid To, bool Added)> differences)
    {
        var all = differences.ToLookup(difference => difference.Added);
        if (all[true].Any())
        {
            batch.Execute(
                $"insert into process_deployment.{table} (account_id, {from}, {to}) select $1, r.* from unnest($2, $3) as r",
                Array(all[true].Select(r => r.From).ToArray()),
                Array(all[true].Select(r => r.To).ToArray()));
        }

        if (all[false].Any())
        {
            batch.Execute(
                $"delete from process_deployment.{table} t using unnest($2, $3) as r(a, b) where t.account_id = $1 and t.{from} = r.a and t.{to} = r.b",
                Array(all[false].Select(r => r.From).ToArray()),
                Array(all[false].Select(r => r.To).ToArray()));
        }
    }

    private static void Atoms(AccountBatch batch, Ledger ledger)
    {
        var changed = ledger.Account.Atoms.Where(a => ledger.Streams.ContainsKey(StreamNames.Atom(a.Key))).ToList();
        if (changed.Count == 0) return;
        batch.Execute(
            """
            insert into process_deployment.atom_state (account_id, atom_id, stream_version, state)
            select $1, s.id, s.length, s.state from unnest($2, $3, $4) as s(id, length, state)
            on conflict (account_id, atom_id) do update set stream_version = excluded.stream_version, state = excluded.state
            """,
            Array(changed.Select(a => a.Key).ToArray()),
            Array(changed.Select(a => ledger.Streams[StreamNames.Atom(a.Key)]).ToArray()),
            Json(changed.Select(a => JsonSerializer.Serialize(a.Value!, StateJson.Default.Atom)).ToArray()));
    }

    private static void Versions(AccountBatch batch, Ledger ledger)
    {
        var deployed = ledger.Account.Manifests.Where(m => m.Value is not null && ledger.Before.Manifests.GetValueOrDefault(m.Key) is null).ToList();
        if (deployed.Count == 0) return;
        batch.Execute(
            """
            insert into process_deployment.process_version (account_id, process_id, version_number, digest, content_digest, manifest)
            select $1, v.* from unnest($2, $3, $4, $5, $6) as v
            """,
            Array(deployed.Select(v => v.Key.ProcessId).ToArray()),
            Array(deployed.Select(v => v.Key.VersionNumber).ToArray()),
            Array(deployed.Select(v => v.Value!.Digest).ToArray()),
            Array(deployed.Select(v => v.Value!.ContentDigest).ToArray()),
            Json(deployed.Select(v => JsonSerializer.Serialize(v.Value!.Manifest, StateJson.Default.Manifest)).ToArray()));
    }

    private static void Licences(AccountBatch batch, Ledger ledger)
    {
        var (before, after) = (ledger.Before.Licences ?? LicenceState.None, ledger.Account.Licences!);
        if (ledger.Streams.TryGetValue(StreamNames.Licences, out var length))
        {
            batch.Execute(
                """
                insert into process_deployment.licence_state (account_id, stream_version, mode) values ($1, $2, $3)
                on conflict (account_id) do update set stream_version = excluded.stream_version, mode = excluded.mode
                """,
                Value(length),
                Value(after.Mode.ToString()));
        }

        var pools = after.Pools.Where(pool => before.Pool(pool.Key) != pool.Value).ToList();
        if (pools.Count > 0)
        {
            batch.Execute(
                """
                insert into process_deployment.licence_pool (account_id, class, classification, purchased, used)
                select $1, p.* from unnest($2, $3, $4, $5) as p
                on conflict (account_id, class, classification) do update set purchased = excluded.purchased, used = excluded.used
                """,
                Array(pools.Select(p => p.Key.Class.ToString()).ToArray()),
                Array(pools.Select(p => p.Key.Classification.ToString()).ToArray()),
                Array(pools.Select(p => p.Value.Purchased).ToArray()),
                Array(pools.Select(p => p.Value.Used).ToArray()));
        }

        Holdings(batch, before, after);
    }

    private static void Holdings(AccountBatch batch, LicenceState before, LicenceState after)
    {
        var changed = after.Holdings.Where(h => !ReferenceEquals(h.Value, before.Holdings.GetValueOrDefault(h.Key))).ToList();
        var added = changed.SelectMany(h => h.Value.Except(before.Holdings.GetValueOrDefault(h.Key, [])).Select(holding => (h.Key, holding))).ToList();
        var gone = changed.SelectMany(h => before.Holdings.GetValueOrDefault(h.Key, []).Except(h.Value).Select(holding => (h.Key, holding))).ToList();
        Held(batch, "insert into process_deployment.licence_holding (account_id, component_id, atom_id, class, process_id) select $1, h.* from unnest($2, $3, $4, $5) as h", added);
        Held(
            batch,
            """
            delete from process_deployment.licence_holding t using unnest($2, $3, $4, $5) as h(component_id, atom_id, class, process_id)
            where t.account_id = $1 and t.component_id = h.component_id and t.atom_id = h.atom_id and t.class = h.class and t.process_id = h.process_id
            """,
            gone);
    }

    private static void Held(AccountBatch batch, string sql, List<(LicencePair Pair, Holding Holding)> holdings)
    {
        if (holdings.Count == 0) return;
        batch.Execute(
            sql,
            Array(holdings.Select(h => h.Pair.ComponentId).ToArray()),
            Array(holdings.Select(h => h.Pair.AtomId).ToArray()),
            Array(holdings.Select(h => h.Holding.Class.ToString()).ToArray()),
            Array(holdings.Select(h => h.Holding.ProcessId).ToArray()));
    }
}
