using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>The part of <see cref="AccountLoader"/> that is about who may do what, which every command asks.</summary>
internal static class AccessLoader
{
    /// <summary>Rows travel only where they are others than those remembered; freezes before those who pass them.</summary>
    private const string Rows = """
        select u.account_id, u.stream_version, u.mark, s.kind, s.state
        from unnest($1, $2, $3) as k(account_id, length, mark) join process_deployment.access_use_state u on u.account_id = k.account_id
        left join process_deployment.access_state s on s.account_id = case when (u.stream_version, u.mark) is distinct from (k.length, k.mark) then u.account_id end
        order by s.kind
        """;

    public static void AddTo(RoundTrip trip, IReadOnlyList<LookUp> lookUps, AccessPictures pictures)
    {
        var findings = lookUps.ToDictionary(lookUp => lookUp.AccountId, lookUp => lookUp.Findings, StringComparer.Ordinal);
        var remembered = lookUps.Where(lookUp => lookUp.Needs.Access).ToDictionary(lookUp => lookUp.AccountId, lookUp => pictures.Of(lookUp.AccountId), StringComparer.Ordinal);
        trip.Query(
            Rows, [.. remembered], known => known.Key, columns => columns.Position(known => known.Value?.Length ?? 0).OptionalUuid(known => known.Value?.Mark),
            row => findings[row.GetString(0)].Access(row.GetInt64(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.IsDBNull(3) ? null : AccessRows.Read(row.GetString(3), row.GetString(4)), remembered[row.GetString(0)]));
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
