using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>The part of <see cref="StateWriter"/> that is about who may do what.</summary>
internal static class AccessWriter
{
    public static void AddTo(RoundTrip trip, IReadOnlyList<AccountChanges> accounts)
    {
        trip.Execute(
            """
            insert into process_deployment.access_use_state (account_id, stream_version, mark) select * from unnest($1, $2, $3)
            on conflict (account_id) do update set stream_version = excluded.stream_version, mark = excluded.mark
            """,
            accounts, changes => changes.AccountId, columns => columns.Position(changes => changes.Streams[StreamNames.Access]).Uuid(_ => Guid.CreateVersion7()));
        var rows = accounts.Select(changes => (changes.AccountId, Rows: Touched(changes))).ToList();
        trip.Execute(
            "delete from process_deployment.access_state t using unnest($1, $2) as c(account_id, freeze_id) where t.account_id = c.account_id and t.kind = 'pass' and t.key like c.freeze_id || '/%'",
            [.. from changed in rows from freezeId in changed.Rows.Closed select (changed.AccountId, FreezeId: freezeId)], r => r.AccountId, columns => columns.Text(r => r.FreezeId.ToString()));
        var all = (from changed in rows from row in changed.Rows.All select (changed.AccountId, row.Kind, row.Key, row.State)).ToLookup(row => row.State is null);
        trip.Execute(
            "delete from process_deployment.access_state t using unnest($1, $2, $3) as r(account_id, kind, key) where t.account_id = r.account_id and t.kind = r.kind and t.key = r.key",
            [.. all[true]], r => r.AccountId, columns => columns.Text(r => r.Kind).Text(r => r.Key));
        trip.Execute(
            """
            insert into process_deployment.access_state (account_id, kind, key, state) select * from unnest($1, $2, $3, $4)
            on conflict (account_id, kind, key) do update set state = excluded.state
            """,
            [.. all[false]], r => r.AccountId, columns => columns.Text(r => r.Kind).Text(r => r.Key).Json(r => r.State!));
    }

    private static AccessRows Touched(AccountChanges changes)
    {
        var rows = new AccessRows();
        foreach (var happened in changes.Judged.SelectMany(judged => judged.Decision.Events).OfType<AccessEvent>()) rows.Apply(happened);
        return rows;
    }
}
