using System.Text.Json;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Storage.Parameters;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>
/// Idempotency: command id, fingerprint and outcome beside the events, in one transaction, for ever. A row stays small:
/// events are found again by their positions, and long details in the …Refused event that holds them.
/// </summary>
internal sealed class OutcomeStore
{
    private const int MostDetails = 512;
    private readonly Dictionary<Guid, Stored> _stored = [];

    /// <summary>Adds the look-up of what became of these commands before.</summary>
    public void AddTo(AccountBatch batch, IEnumerable<Guid> commandIds) => batch.Query(
        """
        select command_id, fingerprint, status, position, event_count, warnings, refusal_code, refusal_message, refusal_details
        from process_deployment.command_outcome where account_id = $1 and command_id = any($2)
        """,
        row => _stored[row.GetGuid(0)] = new(row.GetFieldValue<byte[]>(1), Read(row), row.GetInt32(4)),
        Array([.. commandIds]));

    public bool IsKnown(Guid commandId) => _stored.ContainsKey(commandId);

    /// <summary>Adds the look-up of the events of the known commands.</summary>
    public bool AddEventsTo(AccountBatch batch)
    {
        var withEvents = _stored.Where(stored => stored.Value.EventCount > 0).ToList();
        if (withEvents.Count == 0) return false;
        batch.Query(
            """
            select c.command_id, e.stream_id, e.type, e.version, (e.headers ->> 'position')::bigint, e.data -> 'details'
            from unnest($2, $3, $4) as c(command_id, first, last) join events.mt_events e
              on e.tenant_id = $1 and (e.headers ->> 'position')::bigint between c.first and c.last
            order by 5
            """,
            row => _stored[row.GetGuid(0)].Add(
                new(row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4)),
                row.IsDBNull(5) ? null : JsonSerializer.Deserialize<JsonElement>(row.GetString(5))),
            Array(withEvents.Select(stored => stored.Key).ToArray()),
            Array(withEvents.Select(stored => stored.Value.Outcome.Position - stored.Value.EventCount + 1).ToArray()),
            Array(withEvents.Select(stored => stored.Value.Outcome.Position).ToArray()));
        return true;
    }

    /// <summary>The outcome of a command as it was given first; null for an unknown one.</summary>
    public Outcome? Find(Guid commandId) => _stored.GetValueOrDefault(commandId)?.Whole();

    /// <summary>The first outcome of a known command; other data under its id is refused.</summary>
    public Outcome Replay(IncomingCommand command)
    {
        var stored = _stored[command.Envelope.CommandId];
        return command.Envelope.Fingerprint.Span.SequenceEqual(stored.Fingerprint)
            ? stored.Whole() with { Replayed = true }
            : Reused(command, stored.Outcome.Position);
    }

    public static Outcome Reused(IncomingCommand command, long position) => new()
    {
        CommandId = command.Envelope.CommandId,
        Status = OutcomeStatus.Refused,
        Position = position,
        Refusal = new(RefusalCodes.CommandIdReused, "This command id was used before with other data; send new data under a new id.", null),
    };

    public static void Write(AccountBatch batch, IReadOnlyCollection<Judged> judged) => batch.Execute(
        """
        insert into process_deployment.command_outcome
            (account_id, command_id, fingerprint, status, position, event_count, warnings, refusal_code, refusal_message, refusal_details,
             type, actor, reason, channel, source, subjects, decided_at)
        select $1, o.command_id, o.fingerprint, o.status, o.position, o.event_count, o.warnings, o.refusal_code, o.refusal_message, o.refusal_details,
               o.type, o.actor, o.reason, o.channel, o.source, o.subjects::uuid[], o.decided_at
        from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            as o(command_id, fingerprint, status, position, event_count, warnings, refusal_code, refusal_message, refusal_details,
                 type, actor, reason, channel, source, subjects, decided_at)
        """,
        Array(judged.Select(j => j.Outcome.CommandId).ToArray()),
        Array(judged.Select(j => j.Command.Envelope.Fingerprint.ToArray()).ToArray()),
        Array(judged.Select(j => Word(j.Outcome.Status)).ToArray()),
        Array(judged.Select(j => j.Outcome.Position).ToArray()),
        Array(judged.Select(j => j.Events.Count).ToArray()),
        Json(judged.Select(j => j.Outcome.Warnings.Count == 0 ? null : JsonSerializer.Serialize(j.Outcome.Warnings, WireJson.Options)).ToArray()),
        Array(judged.Select(j => j.Outcome.Refusal?.Code).ToArray()),
        Array(judged.Select(j => j.Outcome.Refusal?.Message).ToArray()),
        Json(judged.Select(Details).ToArray()),
        Array(judged.Select(j => j.Command.Envelope.Type).ToArray()),
        Array(judged.Select(j => j.Command.Envelope.Command.Actor).ToArray()),
        Array(judged.Select(j => j.Command.Envelope.Command.Reason).ToArray()),
        Array(judged.Select(j => j.Command.Channel).ToArray()),
        Array(judged.Select(j => j.Command.Envelope.Source).ToArray()),
        // Arrays of arrays must be square in SQL, so each set of ids travels as its text.
        Array(judged.Select(j => $"{{{string.Join(',', Subjects.Of(j.Command.Envelope.Command).Distinct())}}}").ToArray()),
        Array(judged.Select(j => j.Time).ToArray()));

    private static string? Details(Judged judged)
    {
        var details = judged.Outcome.Refusal?.Details?.GetRawText();
        return judged.Events.Count > 0 && details?.Length > MostDetails ? null : details;
    }

    private static Outcome Read(NpgsqlDataReader row) => new()
    {
        CommandId = row.GetGuid(0),
        Status = Enum.Parse<OutcomeStatus>(row.GetString(2), ignoreCase: true),
        Position = row.GetInt64(3),
        Warnings = row.IsDBNull(5) ? [] : JsonSerializer.Deserialize<Warning[]>(row.GetString(5), WireJson.Options)!,
        Refusal = row.IsDBNull(6)
            ? null
            : new(row.GetString(6), row.GetString(7), row.IsDBNull(8) ? null : JsonSerializer.Deserialize<JsonElement>(row.GetString(8))),
    };

    private static string Word(OutcomeStatus status) => status switch
    {
        OutcomeStatus.Accepted => "accepted",
        OutcomeStatus.Unchanged => "unchanged",
        _ => "refused",
    };

    private sealed record Stored(byte[] Fingerprint, Outcome Outcome, int EventCount)
    {
        private readonly List<EventReference> _events = [];
        private JsonElement? _details;

        public void Add(EventReference @event, JsonElement? details)
        {
            _events.Add(@event);
            _details ??= details;
        }

        public Outcome Whole() => Outcome with
        {
            Events = _events,
            Refusal = Outcome.Refusal is { Details: null } refusal ? refusal with { Details = _details } : Outcome.Refusal,
        };
    }
}
