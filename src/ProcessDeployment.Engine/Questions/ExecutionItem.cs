using System.Text.Json.Serialization;
using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>An execution as lists show it.</summary>
internal record ExecutionItem
{
    /// <summary>Where the end of the log is, which lists leave out.</summary>
    public const int LogTailColumn = 22;

    public required Guid ExecutionId { get; init; }
    public required Guid ProcessId { get; init; }

    /// <summary>The name of the Process, as it is at the moment that is asked about.</summary>
    public required string ProcessName { get; init; }

    public required Guid AtomId { get; init; }
    public required string AtomName { get; init; }

    /// <summary><c>manual</c>, <c>scheduled</c>, <c>retry</c> or <c>subProcess</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>REQUESTED</c> until the Atom begins, <c>STARTED</c> until it ends, then how it ended.</summary>
    public required string Status { get; init; }

    /// <summary>The version that runs; before it started, the one that was current when it was asked for (#33).</summary>
    public required int VersionNumber { get; init; }

    /// <summary>When its schedule wanted it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public Guid? RetryOf { get; init; }
    public int? Attempt { get; init; }
    public Guid? ParentExecutionId { get; init; }
    public Guid? TopLevelExecutionId { get; init; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Set once somebody asked the Atom to end it.</summary>
    public string? CancelRequestedBy { get; init; }

    public DateTimeOffset? CancelRequestedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended, as the Atom says.</summary>
    public string? Message { get; init; }

    /// <summary>Values for this run only.</summary>
    public IReadOnlyList<Contracts.ExecutionProperty> Properties { get; init; } = [];

    [JsonIgnore]
    public long BegunFrom { get; init; }

    /// <summary>Of <c>e</c>, an execution, with the names of its Process and Atom.</summary>
    public static string Columns(Moment at) => $"""
        e.execution_id, e.process_id, c.name, e.atom_id, a.name, e.kind, {StatusAt(at)},
            case when {Came(at, "e.started_from")} then e.started_version else e.version_number end,
            e.due_at, e.retry_of, e.attempt, e.parent_id, e.top_level_id, e.begun_by, e.begun_at,
            case when {Came(at, "e.started_from")} then e.started_at end,
            case when {Came(at, "e.cancelled_from")} then e.cancelled_by end, case when {Came(at, "e.cancelled_from")} then e.cancelled_at end,
            case when {Came(at, "e.ended_from")} then e.ended_at end, case when {Came(at, "e.ended_from")} then e.message end,
            e.properties, e.begun_from, case when {Came(at, "e.ended_from")} then e.log_tail end
        """;

    public static string Names(Moment at) => $"""{at.Component("c", "e.process_id")} {at.Atom("a", "e.atom_id")}""";

    /// <summary>What it was at that moment.</summary>
    public static string StatusAt(Moment at) => $"case when {Came(at, "e.ended_from")} then e.ended_as when {Came(at, "e.started_from")} then 'STARTED' else 'REQUESTED' end";

    public static ExecutionItem Read(NpgsqlDataReader row) => new()
    {
        ExecutionId = row.GetGuid(0),
        ProcessId = row.GetGuid(1),
        ProcessName = row.GetString(2),
        AtomId = row.GetGuid(3),
        AtomName = row.GetString(4),
        Kind = row.GetString(5),
        Status = row.GetString(6),
        VersionNumber = row.GetInt32(7),
        DueAt = row.TimeIfAny(8),
        RetryOf = row.Id(9),
        Attempt = row.Number(10),
        ParentExecutionId = row.Id(11),
        TopLevelExecutionId = row.Id(12),
        RequestedBy = row.GetString(13),
        RequestedAt = row.Time(14),
        StartedAt = row.TimeIfAny(15),
        CancelRequestedBy = row.Text(16),
        CancelRequestedAt = row.TimeIfAny(17),
        EndedAt = row.TimeIfAny(18),
        Message = row.Text(19),
        Properties = row.List<Contracts.ExecutionProperty>(20),
        BegunFrom = row.GetInt64(21),
    };

    private static string Came(Moment at, string position) => $"{position} is not null and {at.Reached(position)}";
}
