using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>Something that happened or was attempted: who, what, when and why, by the names of its time.</summary>
internal record AuditItem
{
    public const int ColumnCount = 17;

    /// <summary>Read from <c>a</c>, an entry of the trail.</summary>
    public const string Columns = $"""
        {InAnyCase}, (
            select jsonb_build_object('by', s.actor, 'reason', s.reason, 'time', to_char(s.time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'raw', e.data)
            from process_deployment.skipped_event s join events.mt_events e on e.tenant_id = $1 and (e.headers ->> 'position')::bigint = s.position
            where s.account_id = $1 and s.position = a.position limit 1) as skipped
        """;

    /// <summary>The same without what was skipped, for those who have it elsewhere: it is looked for at each entry.</summary>
    public const string ColumnsWithoutSkipped = $"{InAnyCase}, null::jsonb as skipped";

    private const string InAnyCase = """
        a.position, a.time, a.actor, a.type, case when a.type like '%-refused.v%' then 'refused' else 'accepted' end as outcome, a.name, a.summary,
        a.reason, a.command_id, a.correlation_id, a.causation_id, a.channel, a.source, a.stream, a.component_id, null::text as refusal_code
        """;

    public required long Position { get; init; }
    public required DateTimeOffset Time { get; init; }
    public required string Actor { get; init; }

    /// <summary>The event; the command, where one was refused that left no event.</summary>
    public required string Type { get; init; }

    public required string Outcome { get; init; }

    /// <summary>What it happened to.</summary>
    public string? Name { get; init; }

    public required string Summary { get; init; }
    public string? Reason { get; init; }
    public Guid? CommandId { get; init; }
    public string? CorrelationId { get; init; }
    public string? CausationId { get; init; }
    public string? Channel { get; init; }
    public string? Source { get; init; }

    /// <summary>Left out where nothing was kept but the refusal.</summary>
    public string? Stream { get; init; }

    public Guid? ComponentId { get; init; }

    /// <summary>Set where a command was refused that left no event.</summary>
    public string? RefusalCode { get; init; }

    /// <summary>Set where the event could not be read and was marked as skipped: by whom, when and why, and the event as it is stored.</summary>
    public RawJson? Skipped { get; init; }

    /// <summary>The same without who did what to what and why.</summary>
    public AuditItem ThatItHappened() => new() { Position = Position, Time = Time, Actor = "", Type = Type, Outcome = Outcome, Summary = "", CommandId = CommandId, Stream = Stream, ComponentId = ComponentId };

    public static AuditItem Read(NpgsqlDataReader row, int from = 0) => new()
    {
        Position = row.GetInt64(from + 0),
        Time = row.Time(from + 1),
        Actor = row.GetString(from + 2),
        Type = row.GetString(from + 3),
        Outcome = row.GetString(from + 4),
        Name = row.Text(from + 5),
        Summary = row.GetString(from + 6),
        Reason = row.Text(from + 7),
        CommandId = row.Id(from + 8),
        CorrelationId = row.Text(from + 9),
        CausationId = row.Text(from + 10),
        Channel = row.Text(from + 11),
        Source = row.Text(from + 12),
        Stream = row.Text(from + 13),
        ComponentId = row.Id(from + 14),
        RefusalCode = row.Text(from + 15),
        Skipped = row.Json(from + 16),
    };
}
