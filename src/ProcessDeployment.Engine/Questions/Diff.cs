using System.Globalization;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Questions.Asking;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>What differs between two versions of a Process, or between one and what a deploy would pin now.</summary>
internal static class Diff
{
    private const string Latest = "latest";

    /// <summary>Of more changed components the content is compared on request, one by one.</summary>
    private const int MostContents = 50;

    private static string Version(Moment at, string number) => $"""
        select (e.value ->> 'componentId')::uuid as component_id, e.value ->> 'componentType' as component_type, e.value ->> 'name' as name,
            (e.value ->> 'revision')::int as revision, e.value ->> 'contentHash' as content_hash, false as missing, v.version_number
        from process_deployment.version_history v cross join jsonb_array_elements(v.manifest) e
        where v.account_id = $1 and v.process_id = $3 and {at.Reached("v.valid_from")} and v.version_number = coalesce({number}, (
            select n.version_number from process_deployment.version_history n
            where n.account_id = $1 and n.process_id = $3 and {at.Reached("n.valid_from")} order by n.version_number desc limit 1))
        """;

    private static string Closure(Moment at) => $"""
        select c.component_id, h.component_type, h.name, h.revision, h.content_hash, coalesce(h.deleted, true) as missing, null::int as version_number
        from (
            with recursive closure(component_id) as (
                select $3::uuid
                union
                select r.to_id
                from closure c
                {at.Component("h", "c.component_id")}
                join process_deployment.component_reference r on r.account_id = $1 and r.from_id = c.component_id and r.kind = 'dependent' and {at.Holds("r")}
                where not h.deleted)
            select component_id from closure) c
        {at.ComponentIfAny("h", "c.component_id")}
        """;

    private static MomentSql Sql(bool fromLatest, bool toLatest) => new(at => $"""
        with before as ({(fromLatest ? Closure(at) : Version(at, "$4"))}), after as ({(toLatest ? Closure(at) : Version(at, "$5"))}),
        compared as (
            select coalesce(a.component_id, b.component_id) as component_id, b.component_type as before_type, a.component_type as after_type, b.name as before_name, a.name as after_name,
                b.revision as before_revision, a.revision as after_revision, b.content_hash as before_hash, a.content_hash as after_hash,
                coalesce(b.missing, false) or coalesce(a.missing, false) as missing
            from before b full join after a on a.component_id = b.component_id),
        counted as (
            select *, before_hash <> after_hash as content_differs, row_number() over (partition by before_hash <> after_hash order by coalesce(after_name, before_name), component_id) as place
            from compared where $6 is null or component_id = $6)
        select c.component_id, coalesce(c.after_type, c.before_type), c.before_name, c.after_name, c.before_revision, c.after_revision, c.before_hash, c.after_hash, c.missing,
            d.saved_by, d.saved_at, octet_length(x.body), octet_length(y.body),
            case when octet_length(x.body) <= {ContentDiff.MostBytes} then x.body end, case when octet_length(y.body) <= {ContentDiff.MostBytes} then y.body end,
            s.in_before, s.in_after, s.version_number
        from (select exists (select from before) as in_before, exists (select from after) as in_after, (select max(version_number) from before) as version_number) s
        left join counted c on true
        left join lateral (
            select h.saved_by, h.saved_at from process_deployment.component_history h
            where h.account_id = $1 and h.component_id = c.component_id and h.revision = c.after_revision order by h.valid_from desc limit 1) d
            on c.after_revision is distinct from c.before_revision
        left join process_deployment.content x on c.content_differs and c.place <= {MostContents} and x.account_id = $1 and x.content_hash = c.before_hash
        left join process_deployment.content y on c.content_differs and c.place <= {MostContents} and y.account_id = $1 and y.content_hash = c.after_hash
        order by coalesce(c.after_name, c.before_name) collate "C", c.component_id
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<DiffAnswer>(
        "/processes/{id}/diff", "get-diff", "What differs between two versions, or between one and the latest revisions", [From, To, Component], Ask).MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var processId = asked.PathId();
        var isKnown = OneProcess.IsKnown(batch, processId);
        // Without more said: what a deploy would change.
        var (from, to) = (Side(asked, From, "current"), Side(asked, To, Latest));
        var rows = new DiffRows();
        batch.Query(
            Sql(from == Latest, to == Latest),
            rows.Read,
            Given.Id(processId),
            Given.Number(NumberOf(from)),
            Given.Number(NumberOf(to)),
            Given.Id(asked.Id(Component)));
        return position =>
        {
            if (!isKnown()) return Answer.Unknown("Process", processId);
            if (!rows.InBefore && from != Latest) return NoVersion(processId, from);
            if (!rows.InAfter && to != Latest) return NoVersion(processId, to);
            return Answer.Of(rows.ToAnswer(processId, from, to) with { Position = position });
        };
    }

    private static string Side(QuestionParameters asked, string name, string otherwise) => asked.Raw(name) switch
    {
        null => otherwise,
        Latest => Latest,
        _ => ReadVersion(asked, name) is { } number ? number.ToString(CultureInfo.InvariantCulture) : otherwise,
    };

    private static int? ReadVersion(QuestionParameters asked, string name)
    {
        if (int.TryParse(asked.Raw(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0) return number;
        asked.Refuse(name, "must be the number of a version or latest");
        return null;
    }

    private static int? NumberOf(string side) => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Problem NoVersion(Guid processId, string side) =>
        Problem.NotFound(NumberOf(side) is null ? $"Process {processId} was never deployed." : $"Process {processId} has no version {side}.");
}
