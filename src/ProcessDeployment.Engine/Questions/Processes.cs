using System.Text.Json.Serialization;
using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>The list operators live with: the live Processes by name, and whether what runs is what was built.</summary>
internal static class Processes
{
    /// <summary>Only the narrow table: filters and order, scrolling and counting never touch the rows that are shown.</summary>
    private static string Chosen(Moment at) => $"""
        from {at.ProcessNames} n
        where n.account_id = $1 and ($3 is null or {at.Revised("n")} = $3) and ($4 is null or n.folder_key = md5($4)::uuid) and ($5 is null or n.name_key like $5)
            and ($6 is null or exists (
                select from process_deployment.environment_process m where m.account_id = $1 and m.process_id = n.process_id and m.environment_id = $6 and {at.Holds("m")}))
            and ($7 is null or {at.IsBelow("n", "$7")})
        """;

    private static readonly MomentSql Count = Totals.Counting(Chosen, filters: 5);

    /// <summary>Reads <see cref="ProcessItem"/> from <c>l</c>, a row of the list.</summary>
    public static string Columns(Moment at) => $"""
        l.process_id, l.name, l.folder, l.latest_revision, l.current_version, l.deployed_at, l.deployed_by, l.revised, l.reasons,
        (select jsonb_agg(jsonb_build_object('atomId', a.atom_id, 'name', a.name) order by a.name, a.atom_id)
         from unnest(l.atom_ids) as i(atom_id)
         {at.Atom("a", "i.atom_id")}),
        l.name_key
        """;

    private static readonly MomentSql Items = new(at => $"""
        with page as materialized (
            select n.process_id {Chosen(at)} and (n.name_key, n.process_id) > ($8, $9)
            order by n.name_key, n.process_id limit $10 offset $11)
        select {Columns(at)}
        from page {at.Process("l", "page.process_id")}
        order by l.name_key, l.process_id
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<Listed<ProcessItem>>(
        "/processes", "list-processes", "List the Processes by name", [Revised, Folder, Below, Text, ParameterNames.Environment, Cursor, Skip, Take], Ask);

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var page = Page.Of(asked, keys: 2);
        var (revised, folder, text) = (asked.Flag(Revised), asked.Text(Folder, Contracts.Limits.Folder), asked.Text(Text));
        var below = asked.Text(Below, Contracts.Limits.Folder);
        var environmentId = asked.Id(ParameterNames.Environment);
        NpgsqlParameter[] Filters() => [Given.Flag(revised), Given.Text(folder), Given.Text(text is null ? null : TextPattern.Like(NameKey.Of(text))), Given.Id(environmentId), Given.Text(below)];

        var items = new List<ProcessItem>();
        var keys = new Dictionary<Guid, string>();
        batch.Query(
            Items,
            row =>
            {
                items.Add(ProcessItem.Read(row));
                keys[items[^1].ProcessId] = row.GetString(ProcessItem.NameKeyColumn);
            },
            [.. Filters(), Given.Text(page.TextAfter(0)), Given.Id(page.IdAfter(1)), page.Limit, page.Offset]);
        var total = page.Skip is null ? null : asked.Totals.Count(batch, asked.Identity, Count, Filters());
        return position => Answer.Of(page.Answer(items, item => [keys[item.ProcessId], $"{item.ProcessId}"], position, total?.Invoke(position)));
    }
}

/// <summary>A Process in a list, as the contract has it.</summary>
internal record ProcessItem
{
    public const int NameKeyColumn = 10;

    public required Guid ProcessId { get; init; }
    public required string Name { get; init; }
    public string? Folder { get; init; }
    public required int LatestRevision { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? CurrentVersion { get; init; }

    public DateTimeOffset? DeployedAt { get; init; }
    public string? DeployedBy { get; init; }
    public required IReadOnlyList<AtomName> Atoms { get; init; }

    /// <summary>The bold flag: never true without a reason, never false with one.</summary>
    public required bool RevisedSinceDeploy { get; init; }

    public required IReadOnlyList<Reason> Reasons { get; init; }

    public static ProcessItem Read(NpgsqlDataReader row, int from = 0) => new()
    {
        ProcessId = row.GetGuid(from + 0),
        Name = row.GetString(from + 1),
        Folder = row.Text(from + 2),
        LatestRevision = row.GetInt32(from + 3),
        CurrentVersion = row.Number(from + 4),
        DeployedAt = row.TimeIfAny(from + 5),
        DeployedBy = row.Text(from + 6),
        RevisedSinceDeploy = row.GetBoolean(from + 7),
        Reasons = row.List<Reason>(from + 8),
        Atoms = row.List<AtomName>(from + 9),
    };
}

/// <summary>An Atom by its name at the moment that is asked about.</summary>
internal sealed record AtomName(Guid AtomId, string Name);

/// <summary>Why a Process is bold: what moved since it was deployed, by whom and when.</summary>
internal sealed record Reason
{
    public required string Code { get; init; }
    public required Guid ComponentId { get; init; }
    public required string Name { get; init; }

    /// <summary>Left out while nothing is deployed.</summary>
    public int? DeployedRevision { get; init; }

    public required int LatestRevision { get; init; }
    public required string By { get; init; }

    /// <summary>The list keeps it with the offset of whichever session wrote it.</summary>
    public required DateTimeOffset At { get; init => field = value.ToUniversalTime(); }
}
