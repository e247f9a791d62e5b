using System.Text.Json;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>
/// Appends the events of a transaction to Marten's own tables, set-based: Marten's call per stream costs ten times as much
/// (a test holds the rows against Marten's own append, column by column). Stream lengths are checked before sequence
/// numbers are drawn, so that a conflict leaves no gap for the daemon to wait on.
/// </summary>
internal static class EventAppend
{
    private const string Start = """
        insert into events.mt_streams (tenant_id, id, type, version, timestamp, created, is_archived)
        select s.account_id, s.id, s.type, s.length, s.time, s.time, false from unnest($1, $2, $3, $4, $5) as s(account_id, id, length, time, type)
        """;

    private const string Move = """
        with moved as (
            update events.mt_streams t set version = s.length, timestamp = s.time
            from unnest($1, $2, $3, $4, $5) as s(account_id, id, length, time, expected)
            where t.tenant_id = s.account_id and t.id = s.id and t.version = s.expected and not t.is_archived
            returning 1)
        select process_deployment.expect_rows((select count(*) from moved), cardinality($1), 'streams moved since they were read')
        """;

    private const string Append = """
        insert into events.mt_events
            (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived)
        select nextval('events.mt_events_sequence'), e.id, e.stream_id, e.number, e.data, e.type, e.time, e.account_id, e.dotnet_type, e.correlation, e.causation, e.headers, e.actor, false
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) with ordinality
            as e(account_id, id, stream_id, number, data, type, time, dotnet_type, correlation, causation, headers, actor, place)
        order by e.place
        """;

    public static void AddTo(RoundTrip trip, IReadOnlyList<AccountChanges> accounts)
    {
        var streams = (from changes in accounts from stream in changes.Streams select new Stream(changes, stream.Key, stream.Value)).ToLookup(stream => stream.Before is null);
        trip.Execute(Start, [.. streams[true]], s => s.Changes.AccountId, rows => Lengths(rows).Text(s => TypeOf(s.Name)));
        trip.Query(Move, [.. streams[false]], s => s.Changes.AccountId, rows => Lengths(rows).Position(s => s.Before!.Value), static _ => { });

        var appended = (from changes in accounts from judged in changes.Judged from placed in judged.Events select new Appended(changes.AccountId, judged, placed)).ToList();
        trip.Execute(Append, appended, e => e.AccountId, rows => rows
            .Uuid(_ => Guid.CreateVersion7())
            .Text(e => e.Placed.Stream)
            .Position(e => e.Placed.Number)
            .Json(e => JsonSerializer.Serialize(e.Placed.Event, e.Placed.Event.GetType(), WireJson.Options))
            .Text(e => EventTypes.Of(e.Placed.Event).WireName)
            .Time(e => e.Judged.Time)
            .Text(e => EventTypes.Of(e.Placed.Event).DotNetName)
            .Text(e => e.Judged.Command.Envelope.CorrelationId())
            .Text(e => e.Judged.Command.Envelope.CommandId.ToString())
            .Json(e => EventHeaders.Of(e.Judged.Command, e.Placed.Position).ToJson())
            .Text(e => e.Judged.Command.Envelope.Command.Actor));
    }

    private static Rows<Stream> Lengths(Rows<Stream> rows) => rows.Text(s => s.Name).Position(s => s.Length).Time(s => s.Changes.LastTime);

    /// <summary>The type of a stream is the word its name begins with.</summary>
    private static string TypeOf(string stream) => stream.Split('/')[0];

    private sealed record Stream(AccountChanges Changes, string Name, long Length)
    {
        /// <summary>Null for a stream that begins now.</summary>
        public long? Before => Changes.StreamsBefore.TryGetValue(Name, out var length) ? length : null;
    }

    private sealed record Appended(string AccountId, Judged Judged, PlacedEvent Placed);
}
