using System.Text.Json.Serialization;
using ProcessDeployment.Engine.Questions.Asking;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>Which Processes and Atoms a component concerns (#44): those whose current version holds it, and those whose next one would.</summary>
internal static class Impact
{
    /// <summary>A reference from a deleted component leads nowhere: what has it in its closure cannot be deployed.</summary>
    private static string Concerned(Moment at) => $"""
        recursive takers(component_id) as (
            select $3::uuid
            union
            select r.from_id
            from takers t
            join process_deployment.component_reference r on r.account_id = $1 and r.to_id = t.component_id and r.kind = 'dependent' and {at.Holds("r")}
            {at.Component("c", "r.from_id")}
            where not c.deleted),
        pinned as (
            select p.process_id, p.revision from process_deployment.pinned_component p
            where p.account_id = $1 and p.component_id = $3 and {at.Holds("p")}),
        held as (
            select process_id, revision from pinned
            union all
            select distinct e.process_id, null::int from ({InEnvironments(at)}) e where not exists (select from pinned p where p.process_id = e.process_id)),
        page as materialized (
            select n.process_id, p.revision as deployed_revision, t.component_id is not null as taken
            from held p
            full join takers t on t.component_id = p.process_id
            {at.ProcessName("n", "coalesce(p.process_id, t.component_id)")}
            where (n.name_key, n.process_id) > ($4, $5)
            order by n.name_key, n.process_id limit $6)
        """;

    /// <summary>The environments in which a version holds it, whatever the newest one holds.</summary>
    private static string InEnvironments(Moment at) => $"""
        select e.process_id, e.environment_id
        from process_deployment.environment_version e
        join process_deployment.version_history v on v.account_id = $1 and v.process_id = e.process_id and v.version_number = e.version_number
        where e.account_id = $1 and {at.Holds("e")} and v.manifest @> jsonb_build_array(jsonb_build_object('componentId', $3::uuid))
        """;

    private static readonly MomentSql Items = new(at => $"""
        with {Concerned(at)}
        select {Processes.Columns(at)}, page.deployed_revision, page.taken, {at.NextRun("page.process_id")}
        from page {at.Process("l", "page.process_id")}
        order by l.name_key, l.process_id
        """);

    private static readonly MomentSql Atoms = new(at => $"""
        select a.atom_id, a.name, t.processes, t.next_run
        from (
            select t.atom_id, count(*) as processes, min({at.NextRun("t.process_id", "t.atom_id")}) as next_run
            from (
                select t.process_id, t.atom_id
                from process_deployment.pinned_component p
                join process_deployment.attachment t on t.account_id = $1 and t.process_id = p.process_id and {at.Holds("t")} and t.environment_id is null
                where p.account_id = $1 and p.component_id = $3 and {at.Holds("p")}
                union all
                select t.process_id, t.atom_id
                from ({InEnvironments(at)}) e
                join process_deployment.attachment t on t.account_id = $1 and t.process_id = e.process_id and t.environment_id = e.environment_id and {at.Holds("t")}) t
            group by t.atom_id) t
        {at.Atom("a", "t.atom_id")}
        order by {AtomItem.Order}
        """);

    private static readonly MomentSql About = new(at => $"""
        select c.component_id, c.component_type, c.name, c.revision, c.deleted from (select 1) t {at.Component("c", "$3")}
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<ImpactAnswer>(
        "/components/{id}/impact", "get-impact", "The Processes and Atoms a component concerns", [Cursor, Take], Ask).MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var componentId = asked.PathId();
        var page = Page.Of(asked, keys: 2);
        ImpactAnswer? answer = null;
        var (items, atoms, keys) = (new List<ConcernedProcess>(), new List<ConcernedAtom>(), new Dictionary<Guid, string>());
        batch.Query(
            About,
            row => answer = new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetBoolean(4)),
            Given.Id(componentId));
        batch.Query(
            Items,
            row =>
            {
                items.Add(new(ProcessItem.Read(row)) { DeployedRevision = row.Number(ProcessItem.NameKeyColumn + 1), TakenAtNextDeploy = row.GetBoolean(ProcessItem.NameKeyColumn + 2), NextRun = row.TimeIfAny(ProcessItem.NameKeyColumn + 3) });
                keys[items[^1].ProcessId] = row.GetString(ProcessItem.NameKeyColumn);
            },
            Given.Id(componentId),
            Given.Text(page.TextAfter(0)),
            Given.Id(page.IdAfter(1)),
            page.Limit);
        batch.Query(Atoms, row => atoms.Add(new(row.GetGuid(0), row.GetString(1), row.GetInt64(2), row.TimeIfAny(3))), Given.Id(componentId));
        var referrers = Referrers.First(batch, componentId, 100);
        return position =>
        {
            if (answer is null) return Answer.Unknown("component", componentId);
            var listed = page.Answer(items, item => [keys[item.ProcessId], $"{item.ProcessId}"], position);
            return Answer.Of(answer with
            {
                Items = listed.Items,
                Next = listed.Next,
                Atoms = atoms,
                ReferencedBy = referrers.Items,
                ReferencedByCount = referrers.Count,
                Position = position,
            });
        };
    }
}

/// <summary>What a component concerns.</summary>
internal sealed record ImpactAnswer(Guid ComponentId, string ComponentType, string Name, int LatestRevision, bool Deleted)
{
    /// <summary>The Processes by name.</summary>
    public IReadOnlyList<ConcernedProcess> Items { get; init; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Next { get; init; }

    /// <summary>All Atoms on which it runs now.</summary>
    public IReadOnlyList<ConcernedAtom> Atoms { get; init; } = [];

    /// <summary>The first hundred by name of the live components that refer to it directly.</summary>
    public IReadOnlyList<ReferrerItem> ReferencedBy { get; init; } = [];

    public long ReferencedByCount { get; init; }
    public long Position { get; init; }
}

/// <summary>A Process that holds a component, or would after its next deploy.</summary>
internal sealed record ConcernedProcess : ProcessItem
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public ConcernedProcess(ProcessItem item)
        : base(item)
    {
    }

    /// <summary>The revision that its newest version holds; null when it holds none, though one in an environment may.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? DeployedRevision { get; init; }

    /// <summary>Whether its next deploy would take the component in, as it refers to it now.</summary>
    public bool TakenAtNextDeploy { get; init; }

    /// <summary>When it runs next by a schedule, wherever that is; left out where nothing is to come, and of the past.</summary>
    public DateTimeOffset? NextRun { get; init; }
}

/// <summary>An Atom, how many Processes on it hold a component, and when the first of them runs next by a schedule.</summary>
internal sealed record ConcernedAtom(Guid AtomId, string Name, long Processes, DateTimeOffset? NextRun);
