using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>One Process, deleted ones too: what the list says of it, and what it is made of.</summary>
internal static class OneProcess
{
    private static readonly MomentSql Sql = new(at => $"""
        select {Processes.Columns(at)}, l.start_step, l.saved_by, l.saved_at, l.deleted, l.changed_by, l.changed_at, l.note, {ReferenceItem.Select(at, "l.refers_to")}
        from (select 1) t {ProcessRow.Join(at, "l", "$3")}
        """);

    private static readonly MomentSql Known = new(at => $"select 1 from (select 1) t {at.Component("c", "$3")} where c.component_type = 'process'");

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapQuestion<ProcessAnswer>("/processes/{id}", "get-process", "One Process, deleted ones too", [], Ask).MayBeUnknown();

    /// <summary>Adds the look-up whether there is such a Process, for questions about one.</summary>
    public static Func<bool> IsKnown(QuestionBatch batch, Guid processId)
    {
        var known = false;
        batch.Query(Known, _ => known = true, Given.Id(processId));
        return () => known;
    }

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var processId = asked.PathId();
        ProcessAnswer? answer = null;
        batch.Query(
            Sql,
            row => answer = new(ProcessItem.Read(row))
            {
                StartStep = row.Text(11),
                SavedBy = row.GetString(12),
                SavedAt = row.Time(13),
                Deleted = row.GetBoolean(14),
                DeletedBy = row.GetBoolean(14) ? row.GetString(15) : null,
                DeletedAt = row.GetBoolean(14) ? row.Time(16) : null,
                Note = row.Text(17),
                References = row.List<ReferenceItem>(18),
            },
            Given.Id(processId));
        return position => answer is null ? Answer.Unknown("Process", processId) : Answer.Of(answer with { Position = position });
    }
}

/// <summary>A Process with what it is made of.</summary>
internal sealed record ProcessAnswer : ProcessItem
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public ProcessAnswer(ProcessItem item)
        : base(item)
    {
    }

    public string? StartStep { get; init; }

    /// <summary>Who made the latest revision, and when.</summary>
    public string SavedBy { get; init; } = "";

    public DateTimeOffset SavedAt { get; init; }

    /// <summary>The note of the current version.</summary>
    public string? Note { get; init; }

    public bool Deleted { get; init; }
    public string? DeletedBy { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public IReadOnlyList<ReferenceItem> References { get; init; } = [];
    public long Position { get; init; }
}

/// <summary>A reference by the name of the moment that is asked about. Without name and revision: a component that was never saved.</summary>
internal sealed record ReferenceItem(Guid ComponentId, ReferenceKind Kind, string? Name, string? ComponentType, int? LatestRevision, bool Deleted)
{
    /// <summary>Makes a list of these from references as they are kept.</summary>
    public static string Select(Moment at, string references) => $"""
        (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'componentId', r.value ->> 'componentId', 'kind', r.value ->> 'kind', 'name', o.name, 'componentType', o.component_type,
            'latestRevision', o.revision, 'deleted', coalesce(o.deleted, false))) order by r.ordinality)
         from jsonb_array_elements({references}) with ordinality r
         {at.ComponentIfAny("o", "(r.value ->> 'componentId')::uuid")})
        """;
}
