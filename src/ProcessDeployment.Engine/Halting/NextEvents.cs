using Npgsql;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Halting;

/// <summary>The events of an account from a position on, as far as the projection has gone by.</summary>
/// <param name="Events">Those that can be read, and what stands for those that were marked as skipped.</param>
/// <param name="Stop">The one that cannot; null when there is none among them.</param>
/// <param name="IsEnd">Whether there are no more.</param>
internal sealed record NextEvents(IReadOnlyList<Recorded> Events, HaltedAccount? Stop, bool IsEnd)
{
    private const string Sql = $"""
        select (e.headers ->> 'position')::bigint, e.timestamp, coalesce(e.user_name, ''), e.stream_id, e.type, e.data::text,
            (e.headers ->> 'commandId')::uuid, e.correlation_id, e.causation_id, e.headers ->> 'reason', e.headers ->> 'channel', e.headers ->> 'source',
            s.actor, s.reason
        from events.mt_events e
        left join process_deployment.skipped_event s on s.account_id = $1 and s.position = (e.headers ->> 'position')::bigint
        where e.tenant_id = $1 and (e.headers ->> 'position')::bigint >= $2
            and e.seq_id <= ({ShardProgress.Sql})
        order by (e.headers ->> 'position')::bigint limit $3
        """;

    public static async Task<NextEvents> ReadAsync(NpgsqlConnection connection, EventDecoder decoder, string accountId, long position, int atMost, CancellationToken cancellation)
    {
        var (events, stop, rows) = (new List<Recorded>(), (HaltedAccount?)null, 0);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(
            Sql,
            row =>
            {
                rows++;
                if (stop is not null) return;
                var (at, next) = (row.GetInt64(0), position + events.Count);
                stop = at == next ? Read(row, decoder, accountId, events) : new(accountId, next, null, null, "no event is there, though later ones are: it was taken away");
            },
            Parameters.Value(position), Parameters.Value((long)atMost));
        await batch.RunAsync(cancellation);
        return new(events, stop, rows < atMost);
    }

    private static HaltedAccount? Read(NpgsqlDataReader row, EventDecoder decoder, string accountId, List<Recorded> events)
    {
        var (position, stream, type, body) = (row.GetInt64(0), row.GetString(3), row.GetString(4), row.GetString(5));
        DomainEvent? passedOver = row.IsDBNull(12) ? null : new PassedOver(stream, row.GetString(12), row.Text(13) ?? "");
        string? problem = null;
        if ((passedOver ?? decoder.Read(type, body, out problem)) is not { } happened) return new(accountId, position, stream, type, problem);
        events.Add(new()
        {
            AccountId = accountId,
            Position = position,
            Time = row.Time(1),
            Actor = row.GetString(2),
            Stream = stream,
            Type = type,
            CommandId = row.Id(6),
            CorrelationId = row.Text(7),
            CausationId = row.Text(8),
            Reason = row.Text(9),
            Channel = row.Text(10),
            Source = row.Text(11),
            Event = happened,
        });
        return null;
    }
}
