using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Questions;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Agents;

/// <summary>
/// What an Atom was asked to run and has not ended, oldest first. What its runs called is its own affair and not
/// among them.
/// </summary>
internal static class AtomRuns
{
    private static readonly string[] Open = [WireWord.Of(ExecutionStatus.Requested), WireWord.Of(ExecutionStatus.Started)];

    private static readonly MomentSql Sql = new(at => $"""
        with page as materialized (
            select e.* from process_deployment.execution e
            where e.account_id = $1 and e.atom_id = $3 and e.ended_from is null and e.parent_id is null and e.begun_from > $4
                and ($5 is null or {ExecutionItem.StatusAt(at)} = $5)
            order by e.begun_from limit $6)
        select e.execution_id, e.process_id, c.name, e.kind, {ExecutionItem.StatusAt(at)}, coalesce(e.started_version, e.version_number), e.properties, e.cancelled_by, e.begun_from
        from page e {at.Component("c", "e.process_id")}
        order by e.begun_from
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/atoms/{id}/executions", AskAsync)
        .Describe("list-atom-executions", "What an Atom was asked to run and has not ended, oldest first", [Status, Cursor, Take, AtLeast])
        .Produces<Listed<AtomRun>>().MayBeUnknown()
        .WithMetadata(new OpenToAtoms(Own: true));

    private static Task<IResult> AskAsync(HttpContext context, AccountQuestion asking) => asking.AnswerAsync(context, [Status, Cursor, Take, AtLeast], (asked, batch) =>
    {
        var (atomId, page, status) = (asked.PathId(), Page.Of(asked, keys: 1), StatusOf(asked));
        var isKnown = OneAtom.IsKnown(batch, atomId);
        var items = new List<AtomRun>();
        batch.Query(Sql, row => items.Add(AtomRun.Read(row)), Given.Id(atomId), Storage.Parameters.Value(page.NumberAfter(0, 0)), Given.Text(status), page.Limit);
        return position => isKnown() ? Answer.Of(page.Answer(items, item => [$"{item.Place}"], position)) : Answer.Unknown("Atom", atomId);
    });

    private static string? StatusOf(QuestionParameters asked)
    {
        if (asked.Text(Status) is not { } text) return null;
        if (Open.FirstOrDefault(status => status.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known) return known;
        asked.Refuse(Status, $"must be one of {string.Join(", ", Open)}");
        return null;
    }
}

/// <summary>An execution for the Atom that is to run it.</summary>
internal sealed record AtomRun
{
    public required Guid ExecutionId { get; init; }
    public required Guid ProcessId { get; init; }
    public required string ProcessName { get; init; }

    /// <summary><c>manual</c>, <c>scheduled</c> or <c>retry</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>REQUESTED</c> until the Atom says that it began, then <c>STARTED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The version that was current when it was asked for, then the one that runs.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>Values for this run only; those of extensions win over them (R39).</summary>
    public IReadOnlyList<ExecutionProperty> Properties { get; init; } = [];

    /// <summary>Who wants it to end; left out while nobody does.</summary>
    public string? CancelRequestedBy { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public long Place { get; init; }

    public static AtomRun Read(Npgsql.NpgsqlDataReader row) => new()
    {
        ExecutionId = row.GetGuid(0),
        ProcessId = row.GetGuid(1),
        ProcessName = row.GetString(2),
        Kind = row.GetString(3),
        Status = row.GetString(4),
        VersionNumber = row.GetInt32(5),
        Properties = row.List<ExecutionProperty>(6),
        CancelRequestedBy = row.Text(7),
        Place = row.GetInt64(8),
    };
}
