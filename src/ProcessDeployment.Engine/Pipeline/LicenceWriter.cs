using System.Collections.Immutable;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>The part of <see cref="StateWriter"/> that is about licences: mode, pools, and who holds what.</summary>
internal static class LicenceWriter
{
    public static void AddTo(RoundTrip trip, IReadOnlyList<AccountChanges> accounts)
    {
        trip.Execute(
            """
            insert into process_deployment.licence_state (account_id, stream_version, mode) select * from unnest($1, $2, $3)
            on conflict (account_id) do update set stream_version = excluded.stream_version, mode = excluded.mode
            """,
            [.. accounts.Where(changes => changes.Streams.ContainsKey(StreamNames.Licences))],
            changes => changes.AccountId,
            rows => rows.Position(changes => changes.Streams[StreamNames.Licences]).Text(changes => After(changes).Mode.ToString()));
        trip.Execute(
            """
            insert into process_deployment.licence_pool (account_id, class, classification, purchased, used)
            select * from unnest($1, $2, $3, $4, $5)
            on conflict (account_id, class, classification) do update set purchased = excluded.purchased, used = excluded.used
            """,
            (from changes in accounts from pool in After(changes).Pools where Before(changes).Pool(pool.Key) != pool.Value select (changes.AccountId, pool.Key, pool.Value)).ToList(),
            p => p.AccountId,
            rows => rows.Text(p => p.Key.Class.ToString()).Text(p => p.Key.Classification.ToString()).OptionalNumber(p => p.Value.Purchased).Number(p => p.Value.Used));
        Holdings(trip, accounts);
    }

    private static void Holdings(RoundTrip trip, IReadOnlyList<AccountChanges> accounts)
    {
        var changed = (
            from changes in accounts
            from pair in After(changes).Holdings
            let before = Before(changes).Holdings.GetValueOrDefault(pair.Key, [])
            where !ReferenceEquals(pair.Value, before)
            select (changes.AccountId, Pair: pair.Key, Before: before, After: pair.Value)).ToList();
        // An Atom that went over into the other classification keeps its row: no two classifications of it exist side by side.
        Write(
            trip,
            """
            insert into process_deployment.licence_holding (account_id, component_id, atom_id, class, classification, process_id) select * from unnest($1, $2, $3, $4, $5, $6)
            on conflict (account_id, component_id, atom_id, class, process_id) do update set classification = excluded.classification
            """,
            from c in changed from holding in c.After.Except(c.Before) select new Line(c.AccountId, c.Pair, holding));
        Write(
            trip,
            """
            delete from process_deployment.licence_holding t using unnest($1, $2, $3, $4, $5, $6) as h(account_id, component_id, atom_id, class, classification, process_id)
            where t.account_id = h.account_id and t.component_id = h.component_id and t.atom_id = h.atom_id and t.class = h.class
                and t.classification = h.classification and t.process_id = h.process_id
            """,
            from c in changed from holding in c.Before.Except(c.After) select new Line(c.AccountId, c.Pair, holding));
    }

    private static void Write(RoundTrip trip, string sql, IEnumerable<Line> holdings) => trip.Execute(
        sql, [.. holdings], h => h.AccountId,
        rows => rows.Uuid(h => h.Pair.ComponentId).Uuid(h => h.Pair.AtomId).Text(h => h.Holding.Pool.Class.ToString()).Text(h => h.Holding.Pool.Classification.ToString()).Uuid(h => h.Holding.ProcessId));

    private static LicenceState Before(AccountChanges changes) => changes.Before.Licences ?? LicenceState.None;

    private static LicenceState After(AccountChanges changes) => changes.Account.Licences!;

    private sealed record Line(string AccountId, LicencePair Pair, Holding Holding);
}
