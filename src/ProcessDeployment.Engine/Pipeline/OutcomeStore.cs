using System.Text.Json;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>
/// Idempotency: command id, fingerprint and outcome beside the events, in one transaction, for ever. A row stays small:
/// events are found again by their positions, and long details in the …Refused event that holds them.
/// </summary>
internal sealed class OutcomeStore
{
    private const int MostDetails = 512;
    private readonly Dictionary<Guid, Stored> _stored = [];

    /// <summary>Adds the look-up of what became of commands before.</summary>
    public static void LookUp(RoundTrip trip, IReadOnlyList<(string AccountId, Guid CommandId, OutcomeStore Store)> asked)
    {
        var stores = asked.DistinctBy(a => a.AccountId).ToDictionary(a => a.AccountId, a => a.Store, StringComparer.Ordinal);
        trip.Query(
            """
            select o.account_id, o.command_id, o.fingerprint, o.status, o.position, o.event_count, o.warnings, o.refusal_code, o.refusal_message, o.refusal_details
            from unnest($1, $2) as c(account_id, command_id)
            join process_deployment.command_outcome o on o.account_id = c.account_id and o.command_id = c.command_id
            """,
            asked, a => a.AccountId, rows => rows.Uuid(a => a.CommandId),
            row => stores[row.GetString(0)]._stored[row.GetGuid(1)] = new(row.GetFieldValue<byte[]>(2), Read(row), row.GetInt32(5)));
    }

    /// <summary>Adds the look-up of the events of the commands that were found.</summary>
    public static void RecallEvents(RoundTrip trip, IReadOnlyList<(string AccountId, OutcomeStore Store)> stores)
    {
        var withEvents = (
            from asked in stores
            from stored in asked.Store._stored
            where stored.Value.EventCount > 0
            select (asked.AccountId, CommandId: stored.Key, stored.Value)).ToList();
        var known = withEvents.ToDictionary(e => (e.AccountId, e.CommandId), e => e.Value);
        trip.Query(
            $"""
            select c.account_id, c.command_id, e.stream_id, e.type, e.version, (e.headers ->> 'position')::bigint, e.data -> 'details',
                   process_deployment.event_type_today(e.type),
                   case when process_deployment.event_type_today(e.type) in ({string.Join(", ", Receipts.Types.Select(type => $"'{type}'"))}) then process_deployment.event_today(e.type, e.data) end
            from unnest($1, $2, $3, $4) as c(account_id, command_id, first, last) join events.mt_events e
              on e.tenant_id = c.account_id and (e.headers ->> 'position')::bigint between c.first and c.last
            order by 6
            """,
            withEvents, e => e.AccountId, rows => rows.Uuid(e => e.CommandId).Position(e => e.Value.Outcome.Position - e.Value.EventCount + 1).Position(e => e.Value.Outcome.Position),
            row => known[(row.GetString(0), row.GetGuid(1))].Add(
                new(row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5)),
                row.IsDBNull(6) ? null : JsonSerializer.Deserialize<JsonElement>(row.GetString(6)),
                row.IsDBNull(8) ? null : Receipts.Of(row.GetString(7), row.GetString(8))));
    }

    public bool Contains(Guid commandId) => _stored.ContainsKey(commandId);

    /// <summary>The outcome of a command as it was given first; null for an unknown one.</summary>
    public Outcome? Find(Guid commandId) => _stored.GetValueOrDefault(commandId)?.Whole();

    /// <summary>The first outcome of a known command; other data under its id is refused.</summary>
    public Outcome Replay(IncomingCommand command)
    {
        var stored = _stored[command.Envelope.CommandId];
        return command.Envelope.Fingerprint.Span.SequenceEqual(stored.Fingerprint) || command.OtherFingerprints.Any(other => other.AsSpan().SequenceEqual(stored.Fingerprint))
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

    public static void AddTo(RoundTrip trip, IReadOnlyList<AccountChanges> accounts) => trip.Execute(
        """
        insert into process_deployment.command_outcome
            (account_id, command_id, fingerprint, status, position, event_count, warnings, refusal_code, refusal_message, refusal_details,
             type, actor, reason, channel, source, subjects, decided_at)
        select o.account_id, o.command_id, o.fingerprint, o.status, o.position, o.event_count, o.warnings, o.refusal_code, o.refusal_message, o.refusal_details,
               o.type, o.actor, o.reason, o.channel, o.source, o.subjects::uuid[], o.decided_at
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            as o(account_id, command_id, fingerprint, status, position, event_count, warnings, refusal_code, refusal_message, refusal_details,
                 type, actor, reason, channel, source, subjects, decided_at)
        """,
        (from changes in accounts from judged in changes.Judged select judged).ToList(),
        j => j.Command.AccountId,
        rows => rows
            .Uuid(j => j.Outcome.CommandId)
            .Bytes(j => j.Command.Envelope.Fingerprint.ToArray())
            .Text(j => Word(j.Outcome.Status))
            .Position(j => j.Outcome.Position)
            .Number(j => j.Events.Count)
            .Json(j => j.Outcome.Warnings.Count == 0 ? null : JsonSerializer.Serialize(j.Outcome.Warnings, WireJson.Options))
            .Text(j => j.Outcome.Refusal?.Code)
            .Text(j => j.Outcome.Refusal?.Message)
            .Json(Details)
            .Text(j => j.Command.Envelope.Type)
            .Text(j => j.Command.Envelope.Command.Actor)
            .Text(j => j.Command.Envelope.Command.Reason)
            .Text(j => j.Command.Channel)
            .Text(j => j.Command.Envelope.Source)
            // Arrays of arrays must be square in SQL, so each set of ids travels as its text.
            .Text(j => $"{{{string.Join(',', Subjects.Of(j.Command.Envelope.Command).Distinct())}}}")
            .Time(j => j.Time));

    private static string? Details(Judged judged)
    {
        var details = judged.Outcome.Refusal?.Details?.GetRawText();
        return judged.Events.Count > 0 && details?.Length > MostDetails ? null : details;
    }

    private static Outcome Read(NpgsqlDataReader row) => new()
    {
        CommandId = row.GetGuid(1),
        Status = Enum.Parse<OutcomeStatus>(row.GetString(3), ignoreCase: true),
        Position = row.GetInt64(4),
        Warnings = row.IsDBNull(6) ? [] : JsonSerializer.Deserialize<Warning[]>(row.GetString(6), WireJson.Options)!,
        Refusal = row.IsDBNull(7)
            ? null
            : new(row.GetString(7), row.GetString(8), row.IsDBNull(9) ? null : JsonSerializer.Deserialize<JsonElement>(row.GetString(9))),
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
        private readonly List<ReceiptItem> _receipt = [];
        private JsonElement? _details;

        public void Add(EventReference @event, JsonElement? details, ReceiptItem? receipt)
        {
            _events.Add(@event);
            if (receipt is not null) _receipt.Add(receipt);
            _details ??= details;
        }

        public Outcome Whole() => Outcome with
        {
            Events = _events,
            Receipt = _receipt.Count > 0 ? _receipt : null,
            Refusal = Outcome.Refusal is { Details: null } refusal ? refusal with { Details = _details } : Outcome.Refusal,
        };
    }
}
