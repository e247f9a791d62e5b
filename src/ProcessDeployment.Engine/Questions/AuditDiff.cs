using System.Text.Json.Serialization;
using ProcessDeployment.Engine.Questions.Asking;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>
/// What differs between two moments of the whole account. Looked at is only what an event in between touched: what it
/// happened to, and the Processes that hold such a component, whose bold flag may have moved.
/// </summary>
internal static class AuditDiff
{
    private static readonly Moment Earlier = Moment.At("(select position from earlier)");

    private static readonly MomentSql Sql = new(at => $"""
        with earlier as materialized (
            select coalesce($3, (
                select e.position from process_deployment.audit_entry e
                where e.account_id = $1 and e.time <= $4 order by e.time desc, e.position desc limit 1), 0) as position),
        happened as materialized (
            select distinct a.component_id from process_deployment.audit_entry a
            where a.account_id = $1 and a.position > {Earlier.Position} and {at.Reached("a.position")} and a.component_id is not null),
        components as materialized (
            select c.component_id, c.component_type = 'process' as is_process from happened e {at.Component("c", "e.component_id")}),
        touched(kind, id, pool) as materialized (
            select case when is_process then 'process' else 'component' end, component_id, '' from components
            union
            select 'process', p.process_id, ''
            from components c join process_deployment.pinned_component p on p.account_id = $1 and p.component_id = c.component_id and ({at.Holds("p")} or {Earlier.Holds("p")})
            union
            select 'atom', a.atom_id, '' from process_deployment.atom_history a
            where a.account_id = $1 and a.valid_from > {Earlier.Position} and {at.Reached("a.valid_from")}
            union
            select 'licences', null, p from unnest(array[{AccountState.Pools}]) p),
        page as (
            select t.kind, coalesce(t.id::text, t.pool) as key, b.state as before, a.state as after, b.identity as was, a.identity as became
            from (
                select * from touched where (kind, coalesce(id::text, pool)) > ($5, $6) order by kind, coalesce(id::text, pool) offset 0) t
            left join lateral ({AccountState.Of(Earlier)}) b on true
            left join lateral ({AccountState.Of(at)}) a on true
            where b.identity is distinct from a.identity
            order by t.kind, key limit $7)
        select f.position, p.kind, p.key, coalesce(p.after, p.before) ->> 'name', jsonb_strip_nulls(p.before), jsonb_strip_nulls(p.after), array(
            select m from jsonb_object_keys(coalesce(p.was, jsonb_build_object()) || coalesce(p.became, jsonb_build_object())) m where p.was -> m is distinct from p.became -> m order by m)
        from earlier f left join page p on true
        order by p.kind, p.key
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<MomentsDiff>(
        "/audit/diff", "diff-moments", "What differs between two moments of the account", [From, To, Cursor, Take, AtLeast], To, Ask);

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var page = Page.Of(asked, keys: 2);
        var from = asked.Earlier = asked.AsOf(From);
        if (!asked.Has(From)) asked.Refuse(From, "must be given");
        var (items, earlier) = (new List<Difference>(), 0L);
        batch.Query(
            Sql,
            row =>
            {
                earlier = row.GetInt64(0);
                if (!row.IsDBNull(1)) items.Add(new(row.GetString(1), row.GetString(2), row.Text(3), row.Json(4), row.Json(5), row.GetFieldValue<string[]>(6)));
            },
            Given.Position(from?.Position),
            Given.Time(from?.Time),
            Given.Text(page.TextAfter(0)),
            Given.Text(page.TextAfter(1)),
            page.Limit);
        return position =>
        {
            if (earlier > position)
            {
                asked.Refuse(From, "must not be after to");
                return AccountQuestion.Malformed(asked);
            }

            var listed = page.Answer(items, item => [item.Kind, item.Id], position);
            return Answer.Of(new MomentsDiff(earlier, position, listed.Items, listed.Next, position));
        };
    }
}

/// <summary>What differs between two moments, in the order of kinds and ids.</summary>
internal sealed record MomentsDiff(
    long FromPosition,
    long ToPosition,
    IReadOnlyList<Difference> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next,
    long Position);

/// <summary>Something that is another than before.</summary>
/// <param name="Kind"><c>atom</c>, <c>component</c>, <c>licences</c> or <c>process</c>.</param>
/// <param name="Id">Its id; a pool of licences as <c>standard/PROD</c>, and <c>enforcement</c>.</param>
/// <param name="Name">Its name at the later moment, or what it was called last.</param>
/// <param name="Before">As it was; null where it was not there.</param>
/// <param name="After">As it became; null where it is gone.</param>
/// <param name="Differs">The members that differ; all of them where it is new or gone.</param>
internal sealed record Difference(
    string Kind,
    string Id,
    string? Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] RawJson? Before,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] RawJson? After,
    IReadOnlyList<string> Differs);
