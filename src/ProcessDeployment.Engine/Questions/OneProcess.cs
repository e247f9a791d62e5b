using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Questions;

/// <summary>One Process, deleted ones too: what the list says of it, and what it is made of.</summary>
internal static class OneProcess
{
    /// <summary>A deleted Process has left the list, so the row of the list is made here as the list makes it.</summary>
    private static readonly string Sql = $"""
        with l as (
            select $1::text as account_id, c.component_id as process_id, c.name, c.name_key, c.folder, c.revision as latest_revision,
                v.version_number as current_version, v.deployed_at, v.deployed_by,
                coalesce(n.revised, true) as revised, coalesce(n.reasons, b.reasons, jsonb_build_array(jsonb_build_object(
                    'code', 'NeverDeployed', 'componentId', c.component_id, 'name', c.name, 'latestRevision', c.revision, 'by', c.saved_by, 'at', c.saved_at))) as reasons,
                coalesce(n.atom_ids, array[]::uuid[]) as atom_ids,
                c.start_step, c.saved_by, c.saved_at, c.deleted, c.changed_by, c.changed_at, c.refers_to, v.note
            from (select $1 as account_id, $2 as process_id) t
            {Now.Component("c", "t.process_id")}
            {Now.CurrentVersion("v", "t.process_id")}
            left join process_deployment.process_list n on n.account_id = $1 and n.process_id = t.process_id
            {ProcessReasons.JoinLateral}
            where c.component_type = 'process')
        select {Processes.Columns}, l.start_step, l.saved_by, l.saved_at, l.deleted, l.changed_by, l.changed_at, l.note, {ReferenceItem.Select("l.refers_to")}
        from l
        """;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapQuestion<ProcessAnswer>("/processes/{id}", "get-process", "One Process, deleted ones too", [], Ask).MayBeUnknown();

    /// <summary>Adds the look-up whether there is such a Process, for questions about one.</summary>
    public static Func<bool> IsKnown(AccountBatch batch, Guid processId)
    {
        var known = false;
        batch.Query(
            $"select 1 from (values (1)) t {Now.Component("c", "$2")} where c.component_type = 'process'",
            _ => known = true,
            Given.Id(processId));
        return () => known;
    }

    private static Func<long, IResult> Ask(QuestionParameters asked, AccountBatch batch)
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

/// <summary>A reference by today's name. Without name and revision: a component that was never saved.</summary>
internal sealed record ReferenceItem(Guid ComponentId, ReferenceKind Kind, string? Name, string? ComponentType, int? LatestRevision, bool Deleted)
{
    /// <summary>Makes a list of these from references as they are kept.</summary>
    public static string Select(string references) => $"""
        (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'componentId', r.value ->> 'componentId', 'kind', r.value ->> 'kind', 'name', o.name, 'componentType', o.component_type,
            'latestRevision', o.revision, 'deleted', coalesce(o.deleted, false))) order by r.ordinality)
         from jsonb_array_elements({references}) with ordinality r
         {Now.ComponentIfAny("o", "(r.value ->> 'componentId')::uuid")})
        """;
}
