using System.Text.Json.Serialization;
using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>The list operators live with: the live Processes by name, and whether what runs is what was built.</summary>
internal static class Processes
{
    /// <summary>Only the narrow table: filters and order, scrolling and counting never touch the rows that are shown.</summary>
    private const string Chosen = """
        from process_deployment.process_name n
        where n.account_id = $1 and ($2 is null or n.revised = $2) and ($3 is null or n.folder_key = md5($3)::uuid) and ($4 is null or n.name_key like $4)
        """;

    /// <summary>Reads <see cref="ProcessItem"/> from <c>l</c>, a row of the list.</summary>
    public const string Columns = """
        l.process_id, l.name, l.folder, l.latest_revision, l.current_version, l.deployed_at, l.deployed_by, l.revised, l.reasons,
        (select jsonb_agg(jsonb_build_object('atomId', a.atom_id, 'name', a.name) order by a.name, a.atom_id)
         from unnest(l.atom_ids) as i(atom_id)
         cross join lateral (
            select h.atom_id, h.name from process_deployment.atom_history h
            where h.account_id = l.account_id and h.atom_id = i.atom_id order by h.valid_from desc limit 1) a),
        l.name_key
        """;

    private const string Items = $"""
        with page as materialized (
            select n.process_id {Chosen} and (n.name_key, n.process_id) > ($5, $6)
            order by n.name_key, n.process_id limit $7 offset $8)
        select {Columns}
        from page join process_deployment.process_list l on l.account_id = $1 and l.process_id = page.process_id
        order by l.name_key, l.process_id
        """;

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<Listed<ProcessItem>>(
        "/processes", "list-processes", "List the Processes by name", [Revised, Folder, Text, Cursor, Skip, Take], Ask);

    private static Func<long, IResult> Ask(QuestionParameters asked, AccountBatch batch)
    {
        var page = Page.Of(asked, keys: 2);
        var (revised, folder, text) = (asked.Flag(Revised), asked.Text(Folder, Contracts.Limits.Folder), asked.Text(Text));
        NpgsqlParameter[] Filters() => [Given.Flag(revised), Given.Text(folder), Given.Text(text is null ? null : TextPattern.Like(NameKey.Of(text)))];

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
        var total = page.Skip is null ? null : asked.Totals.Count(batch, asked.Identity, Chosen, Filters());
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

    public static ProcessItem Read(NpgsqlDataReader row) => new()
    {
        ProcessId = row.GetGuid(0),
        Name = row.GetString(1),
        Folder = row.Text(2),
        LatestRevision = row.GetInt32(3),
        CurrentVersion = row.Number(4),
        DeployedAt = row.TimeIfAny(5),
        DeployedBy = row.Text(6),
        RevisedSinceDeploy = row.GetBoolean(7),
        Reasons = row.List<Reason>(8),
        Atoms = row.List<AtomName>(9),
    };
}

/// <summary>An Atom by today's name.</summary>
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
