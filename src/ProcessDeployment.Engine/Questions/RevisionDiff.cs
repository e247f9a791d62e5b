using System.Globalization;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Questions.Asking;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>What differs between two revisions of a component; without more said: what the latest one changed.</summary>
internal static class RevisionDiff
{
    private static readonly MomentSql Sql = new(at => $"""
        with newest as (
            select coalesce($5, (
                select max(h.revision) from process_deployment.component_history h
                where h.account_id = $1 and h.component_id = $3 and {at.Reached("h.valid_from")})) as revision)
        select distinct on (h.revision) h.revision = newest.revision, h.revision, h.name, h.content_hash, octet_length(b.body), case when octet_length(b.body) <= {ContentDiff.MostBytes} then b.body end,
            h.folder, concat_ws(':', h.connector_type, h.connector_class), h.start_step, h.extensions::text, h.refers_to::text
        from newest
        join process_deployment.component_history h
            on h.account_id = $1 and h.component_id = $3 and h.revision in (coalesce($4, newest.revision - 1), newest.revision) and {at.Reached("h.valid_from")}
        left join process_deployment.content b on b.account_id = $1 and b.content_hash = h.content_hash
        order by h.revision, h.valid_from
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<RevisionDiffAnswer>(
        "/components/{id}/diff", "get-revision-diff", "What differs between two revisions of a component", [From, To], Ask).MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var componentId = asked.PathId();
        var (from, to) = ((int?)asked.Number(From, 1, int.MaxValue), (int?)asked.Number(To, 1, int.MaxValue));
        Side? before = null, after = null;
        batch.Query(
            Sql,
            row =>
            {
                var side = new Side(row.GetInt32(1), row.GetString(2), row.GetString(3), row.Number(4), row.Text(5), [row.Text(6), row.Text(7), row.Text(8), row.Text(9), row.Text(10)]);
                if (row.GetBoolean(0)) after = side;
                else before = side;
            },
            Given.Id(componentId),
            Given.Number(from),
            Given.Number(to));
        return position =>
        {
            if (after is null) return to is null ? Answer.Unknown("component", componentId) : NoRevision(componentId, to.Value);
            if (before is null && from is { } named && named != after.Revision) return NoRevision(componentId, named);
            return Answer.Of(Compare(componentId, before ?? (from is null ? null : after), after) with { Position = position });
        };
    }

    private static RevisionDiffAnswer Compare(Guid componentId, Side? before, Side after)
    {
        var identical = before?.Hash == after.Hash;
        var difference = identical ? null : new ContentDiff().Between(before?.ToContent() ?? new("nothing", "", 0), after.ToContent());
        return new(componentId, before?.Revision, after.Revision)
        {
            Identical = identical,
            AlsoChanged = before is null ? [] : [.. before.ChangedIn(after)],
            Name = after.Name,
            FromName = before is null || before.Name == after.Name ? null : before.Name,
            Diff = difference?.Text,
            DiffLeftOut = difference?.LeftOut,
            Formatted = difference?.Formatted,
        };
    }

    private static Problem NoRevision(Guid componentId, int number) =>
        Problem.NotFound(string.Create(CultureInfo.InvariantCulture, $"There is no revision {number} of a component {componentId}."));

    /// <summary>A revision; an empty content is not kept and has no size.</summary>
    private sealed record Side(int Revision, string Name, string Hash, int? Bytes, string? Body, string?[] Others)
    {
        private static readonly string[] Names = ["folder", "connector", "startStep", "extensions", "references"];

        public IEnumerable<string> ChangedIn(Side other) =>
            (Name == other.Name ? Array.Empty<string>() : ["name"]).Concat(Names.Where((_, at) => Others[at] != other.Others[at]));

        public ContentSide ToContent() => new(string.Create(CultureInfo.InvariantCulture, $"{Name} (revision {Revision})"), Body, Bytes ?? 0);
    }
}

/// <summary>What differs between two revisions.</summary>
/// <param name="ComponentId">The component.</param>
/// <param name="FromRevision">The one; left out where the other is the first.</param>
/// <param name="ToRevision">The other.</param>
internal sealed record RevisionDiffAnswer(Guid ComponentId, int? FromRevision, int ToRevision)
{
    /// <summary>The contents are the same.</summary>
    public bool Identical { get; init; }

    /// <summary>What else differs, by the names a save has for it.</summary>
    public IReadOnlyList<string> AlsoChanged { get; init; } = [];

    public string Name { get; init; } = "";

    /// <summary>Its name in the one revision, where that was another.</summary>
    public string? FromName { get; init; }

    /// <summary>The difference of the contents as a unified diff.</summary>
    public string? Diff { get; init; }

    /// <summary>Why there is no diff although the contents differ.</summary>
    public string? DiffLeftOut { get; init; }

    /// <summary>The contents were laid out in lines before they were compared.</summary>
    public bool? Formatted { get; init; }

    public long Position { get; init; }
}
