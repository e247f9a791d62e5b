using Npgsql;
using NpgsqlTypes;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Halting;

/// <summary>
/// What a page of the daemon lacks, or has taken for something else. The daemon leaves out what it cannot read, and reads
/// an event of unknown type as the record whose .NET name stands beside it, though a newer release meant something else.
/// </summary>
internal static class LackingEvents
{
    /// <summary>The first of each account is enough: nothing after it is taken. Sequence numbers that are all there need not be looked for.</summary>
    private const string Sql = """
        select distinct on (e.tenant_id) e.tenant_id, (e.headers ->> 'position')::bigint, e.stream_id, e.type, e.data::text
        from events.mt_events e
        where e.seq_id > $1 and e.seq_id <= $2
            and not exists (select from process_deployment.skipped_event s where s.account_id = e.tenant_id and s.position = (e.headers ->> 'position')::bigint)
            and (e.type <> all($3) or ($4 and e.seq_id <> all($5)))
        order by e.tenant_id, 2 nulls first
        """;

    public static async Task<Dictionary<string, HaltedAccount>> FindAsync(NpgsqlConnection connection, EventDecoder decoder, JasperFx.Events.Projections.EventRange range, CancellationToken cancellation)
    {
        var lacking = new Dictionary<string, HaltedAccount>(StringComparer.Ordinal);
        var complete = range.SequenceCeiling - range.SequenceFloor == range.Events.Count;
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(Parameters.Value(range.SequenceFloor));
        command.Parameters.Add(Parameters.Value(range.SequenceCeiling));
        command.Parameters.Add(Parameters.Array([.. decoder.Names]));
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = !complete, NpgsqlDbType = NpgsqlDbType.Boolean });
        command.Parameters.Add(Parameters.Array(complete ? [] : [.. range.Events.Select(e => e.Sequence)]));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            if (await row.IsDBNullAsync(1, cancellation)) throw new ReadModelException($"An event of account {row.GetString(0)}, {row.GetString(3)} in stream {row.GetString(2)}, has no position.");
            var found = new HaltedAccount(row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3), null);
            lacking[found.AccountId] = found with { Problem = decoder.ProblemWith(found.Type!, row.GetString(4)) };
        }

        return lacking;
    }
}
