using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>The part of <see cref="AccountLoader"/> that is about who may do what, which every command asks.</summary>
internal static class AccessLoader
{
    public static void AddTo(RoundTrip trip, IReadOnlyList<LookUp> lookUps)
    {
        var findings = lookUps.ToDictionary(lookUp => lookUp.AccountId, lookUp => lookUp.Findings, StringComparer.Ordinal);
        var asking = lookUps.Where(lookUp => lookUp.Needs.Access).ToList();
        trip.Query(
            "select account_id, stream_version from process_deployment.access_use_state where account_id = any($1)",
            asking, lookUp => lookUp.AccountId, columns: null, row => findings[row.GetString(0)].AccessLength(row.GetInt64(1)));
        // Freezes before those who pass them.
        trip.Query(
            "select account_id, kind, state from process_deployment.access_state where account_id = any($1) order by kind",
            asking, lookUp => lookUp.AccountId, columns: null, row => findings[row.GetString(0)].Access(AccessRows.Read(row.GetString(1), row.GetString(2))));
        trip.Query(
            """
            select k.account_id, k.component_id, k.revision, e.user_name
            from unnest($1, $2, $3) as k(account_id, component_id, revision) join events.mt_events e on e.tenant_id = k.account_id and e.stream_id = 'component/' || k.component_id
            where e.type = 'processdeployment.revision-made.v1' and (e.data ->> 'revision')::int > k.revision
            """,
            (from lookUp in lookUps from after in lookUp.Needs.RevisersOf select (lookUp.AccountId, After: after)).ToList(),
            asked => asked.AccountId, rows => rows.Uuid(asked => asked.After.ComponentId).Number(asked => asked.After.Revision),
            row => findings[row.GetString(0)].Reviser(new RevisionsAfter(row.GetGuid(1), row.GetInt32(2)), row.GetString(3)));
    }
}
