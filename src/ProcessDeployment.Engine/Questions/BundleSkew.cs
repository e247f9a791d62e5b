using ProcessDeployment.Engine.Questions.Asking;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>
/// Components that one Atom runs at more than one revision, because Processes that bundle them were deployed at different
/// times (R26): the same call then does different things.
/// </summary>
internal static class BundleSkew
{
    private static readonly MomentSql Sql = new(at => $"""
        with held as materialized (
            select t.atom_id, p.component_id, p.revision, p.process_id
            from process_deployment.pinned_component p
            join process_deployment.attachment t on t.account_id = $1 and t.process_id = p.process_id and {at.Holds("t")} and t.environment_id is null
            where p.account_id = $1 and {at.Holds("p")} and ($3 is null or t.atom_id = $3) and ($4 is null or p.component_id = $4)
            union all
            select t.atom_id, (m.value ->> 'componentId')::uuid, (m.value ->> 'revision')::int, e.process_id
            from process_deployment.environment_version e
            join process_deployment.attachment t on t.account_id = $1 and t.process_id = e.process_id and t.environment_id = e.environment_id and {at.Holds("t")}
            join process_deployment.version_history v on v.account_id = $1 and v.process_id = e.process_id and v.version_number = e.version_number
            cross join lateral jsonb_array_elements(v.manifest) m
            where e.account_id = $1 and {at.Holds("e")} and ($3 is null or t.atom_id = $3) and ($4 is null or (m.value ->> 'componentId')::uuid = $4)),
        skewed as (
            select component_id, atom_id from held group by component_id, atom_id having count(distinct revision) > 1),
        page as materialized (
            select c.name_key, s.component_id, s.atom_id, c.name, c.component_type, c.revision
            from skewed s {at.Component("c", "s.component_id")}
            where (c.name_key, s.component_id, s.atom_id) > ($5, $6, $7)
            order by c.name_key, s.component_id, s.atom_id limit $8)
        select page.component_id, page.name, page.component_type, page.revision, page.atom_id, a.name,
            (select jsonb_agg(jsonb_build_object('revision', r.revision, 'processes', r.processes) order by r.revision)
             from (
                select k.revision, jsonb_agg(jsonb_build_object('processId', k.process_id, 'name', l.name) order by l.name, k.process_id) as processes
                from held k {at.Component("l", "k.process_id")}
                where k.component_id = page.component_id and k.atom_id = page.atom_id
                group by k.revision) r),
            page.name_key
        from page {at.Atom("a", "page.atom_id")}
        order by page.name_key, page.component_id, page.atom_id
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<Listed<SkewedComponent>>(
        "/skew", "list-skew", "The components that an Atom runs at several revisions", [Atom, Component, Cursor, Take], Ask);

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var page = Page.Of(asked, keys: 3);
        var (items, keys) = (new List<SkewedComponent>(), new Dictionary<SkewedComponent, string>());
        batch.Query(
            Sql,
            row =>
            {
                items.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetGuid(4), row.GetString(5), row.List<HeldRevision>(6)));
                keys[items[^1]] = row.GetString(7);
            },
            Given.Id(asked.Id(Atom)),
            Given.Id(asked.Id(Component)),
            Given.Text(page.TextAfter(0)),
            Given.Id(page.IdAfter(1)),
            Given.Id(page.IdAfter(2)),
            page.Limit);
        return position => Answer.Of(page.Answer(items, item => [keys[item], $"{item.ComponentId}", $"{item.AtomId}"], position));
    }
}

/// <summary>A component that an Atom runs at several revisions.</summary>
internal sealed record SkewedComponent(
    Guid ComponentId, string Name, string ComponentType, int LatestRevision, Guid AtomId, string AtomName, IReadOnlyList<HeldRevision> Revisions);

/// <summary>A revision, and the Processes whose current versions hold it there.</summary>
internal sealed record HeldRevision(int Revision, IReadOnlyList<HoldingProcess> Processes);

/// <summary>A Process by its name.</summary>
internal sealed record HoldingProcess(Guid ProcessId, string Name);
