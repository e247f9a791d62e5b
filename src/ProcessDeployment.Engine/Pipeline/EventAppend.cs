using System.Text.Json;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Storage.Parameters;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>
/// Appends the events of a batch to Marten's own tables, set-based: Marten's call per stream costs ten times as much
/// (a test holds the rows against Marten's own append, column by column). Stream lengths are checked before sequence
/// numbers are drawn, so that a conflict leaves no gap for the daemon to wait on.
/// </summary>
internal static class EventAppend
{
    public static void AddTo(AccountBatch batch, Ledger ledger)
    {
        var appended = (from judged in ledger.Judged from placed in judged.Events select (judged, placed)).ToList();
        if (appended.Count == 0) return;
        Streams(batch, ledger);
        Events(batch, appended);
    }

    private static void Streams(AccountBatch batch, Ledger ledger)
    {
        var (started, moved) = (ledger.Streams.Where(s => !ledger.StreamsBefore.ContainsKey(s.Key)).ToList(), ledger.Streams.Where(s => ledger.StreamsBefore.ContainsKey(s.Key)).ToList());
        if (started.Count > 0)
        {
            batch.Execute(
                """
                insert into events.mt_streams (tenant_id, id, type, version, timestamp, created, is_archived)
                select $1, s.id, s.type, s.length, $5, $5, false from unnest($2, $3, $4) as s(id, type, length)
                """,
                Array(started.Select(s => s.Key).ToArray()),
                Array(started.Select(s => TypeOf(s.Key)).ToArray()),
                Array(started.Select(s => s.Value).ToArray()),
                Value(ledger.LastTime));
        }

        if (moved.Count > 0)
        {
            batch.Query(
                """
                with moved as (
                    update events.mt_streams t set version = s.length, timestamp = $5
                    from unnest($2, $3, $4) as s(id, expected, length)
                    where t.tenant_id = $1 and t.id = s.id and t.version = s.expected and not t.is_archived
                    returning 1)
                select process_deployment.expect_rows((select count(*) from moved), cardinality($2), 'streams moved since they were read')
                """,
                static _ => { },
                Array(moved.Select(s => s.Key).ToArray()),
                Array(moved.Select(s => ledger.StreamsBefore[s.Key]).ToArray()),
                Array(moved.Select(s => s.Value).ToArray()),
                Value(ledger.LastTime));
        }
    }

    private static void Events(AccountBatch batch, List<(Judged Judged, PlacedEvent Placed)> appended) => batch.Execute(
        """
        insert into events.mt_events
            (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived)
        select nextval('events.mt_events_sequence'), e.id, e.stream_id, e.number, e.data, e.type, e.time, $1, e.dotnet_type, e.correlation, e.causation, e.headers, e.actor, false
        from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) with ordinality
            as e(id, stream_id, number, data, type, time, dotnet_type, correlation, causation, headers, actor, place)
        order by e.place
        """,
        Array(appended.Select(_ => Guid.CreateVersion7()).ToArray()),
        Array(appended.Select(e => e.Placed.Stream).ToArray()),
        Array(appended.Select(e => e.Placed.Number).ToArray()),
        Json(appended.Select(e => Body(e.Placed.Event)).ToArray()),
        Array(appended.Select(e => EventTypes.Of(e.Placed.Event).WireName).ToArray()),
        Array(appended.Select(e => e.Judged.Time).ToArray()),
        Array(appended.Select(e => EventTypes.Of(e.Placed.Event).DotNetName).ToArray()),
        Array(appended.Select(e => e.Judged.Command.Envelope.CorrelationId()).ToArray()),
        Array(appended.Select(e => e.Judged.Command.Envelope.CommandId.ToString()).ToArray()),
        Json(appended.Select(e => EventHeaders.Of(e.Judged.Command, e.Placed.Position).ToJson()).ToArray()),
        Array(appended.Select(e => e.Judged.Command.Envelope.Command.Actor!).ToArray()));

    private static string Body(DomainEvent @event) => JsonSerializer.Serialize(@event, @event.GetType(), WireJson.Options);

    /// <summary>The type of a stream is the word its name begins with.</summary>
    private static string TypeOf(string stream) => stream.Split('/')[0];
}
