using System.Diagnostics.Metrics;
using System.Text.Json;
using Npgsql;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Storage.Parameters;

namespace ProcessDeployment.Engine.DeadLetters;

/// <summary>Keeps what could not be brought to the domain, whole and with the reason, until somebody looks at it.</summary>
public sealed class DeadLetterStore : IDisposable
{
    public const string MeterName = "ProcessDeployment.DeadLetters";
    public const string Wolverine = "wolverine";

    private readonly Databases _databases;
    private readonly DeadLetterList _list;
    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _buried;

    public DeadLetterStore(Databases databases)
    {
        (_databases, _list) = (databases, new DeadLetterList(databases));
        _buried = _meter.CreateCounter<long>("process_deployment.dead_letters.buried", "{message}", "Messages put to the dead letters, by channel and reason.");
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Buries messages in one transaction, together with their rows in the intake.</summary>
    public async Task BuryAsync(IReadOnlyList<Burial> burials, CancellationToken cancellation)
    {
        if (burials.Count == 0) return;
        await using var command = _databases.Shared.CreateCommand(
            """
            with letter as (
                select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) with ordinality
                    as l(channel, command_id, status, reason, errors, row_id, body, size, truncated, place)),
            gone as (
                delete from process_deployment.command_intake where id = any($6) returning id, body, octet_length(body) as size, received_at),
            buried as (
                select l.*, g.received_at, coalesce(l.body, case when g.size > $10 then left(g.body, $11) else g.body end) as text,
                       coalesce(l.size, g.size) as bytes, coalesce(l.truncated, g.size > $10) as cut
                from letter l left join gone g on g.id = l.row_id
                -- A row that is gone was answered by another node.
                where l.row_id is null or g.id is not null),
            kept as (select b.*, process_deployment.without_secrets(b.text) as kept from buried b)
            insert into process_deployment.dead_letter (channel, account_id, command_id, received_at, status, reason, errors, body, size, truncated)
            select channel, left(process_deployment.read_text(text, 'data', 'accountId'), 63), command_id, coalesce(received_at, clock_timestamp()),
                   status, reason, errors, kept, bytes, cut or kept <> text
            from kept order by place
            """);
        command.Parameters.Add(Array(burials.Select(b => b.Channel).ToArray()));
        command.Parameters.Add(Nullable(burials.Select(b => b.CommandId).ToArray()));
        command.Parameters.Add(Array(burials.Select(b => b.Why.Status).ToArray()));
        command.Parameters.Add(Array(burials.Select(b => b.Why.Reason).ToArray()));
        command.Parameters.Add(Json(burials.Select(b => JsonSerializer.Serialize(b.Why.Errors, WireJson.Options)).ToArray()));
        command.Parameters.Add(Nullable(burials.Select(b => b.IntakeRow).ToArray()));
        command.Parameters.Add(Array(burials.Select(b => b.Body?.Text).ToArray()));
        command.Parameters.Add(Nullable(burials.Select(b => b.Body?.Size).ToArray()));
        command.Parameters.Add(Nullable(burials.Select(b => b.Body?.Truncated).ToArray()));
        command.Parameters.Add(Value((long)Contracts.Limits.MessageBytes));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MessageText.Kept });
        await command.ExecuteNonQueryAsync(cancellation);
        foreach (var burial in burials)
            _buried.Add(1, new("channel", burial.Channel), new KeyValuePair<string, object?>("status", burial.Why.Status));
    }

    /// <summary>A page of dead letters, newest first.</summary>
    /// <param name="whose">Whose letters.</param>
    /// <param name="cursor">Where the last page ended.</param>
    /// <param name="take">Most letters of the page.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    public Task<DeadLetterPage> ListAsync(LettersOf whose, string? cursor, int take, CancellationToken cancellation) =>
        _list.ReadAsync(whose, cursor, take, cancellation);

    /// <summary>
    /// Puts a message back unchanged, into the intake, and takes it out of the dead letters. It keeps its id, so that what took
    /// effect already does not take effect again.
    /// </summary>
    public async Task<LetterReplay> ReplayAsync(LettersOf whose, long id, CancellationToken cancellation)
    {
        await using var command = _databases.Shared.CreateCommand(
            $"""
            with letter as (
                select l.id, l.truncated from process_deployment.dead_letter l
                where l.id = $1 and (l.account_id = $2 or ($3 and {LettersOf.NobodysRow}))),
            back as (delete from process_deployment.dead_letter d using letter l where d.id = l.id and not l.truncated returning d.body)
            select l.truncated, case when b.body is not null then process_deployment.send_command(b.body) end
            from letter l left join back b on true where l.truncated or b.body is not null
            """);
        command.Parameters.Add(Value(id));
        command.Parameters.Add(Value(whose.AccountId));
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = whose.Nobodys });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        if (!await rows.ReadAsync(cancellation)) return new(ReplayEnd.None);
        return rows.GetBoolean(0) ? new(ReplayEnd.NotWhole) : new(ReplayEnd.Sent, await rows.IsDBNullAsync(1, cancellation) ? null : rows.GetGuid(1));
    }

    private static NpgsqlParameter<T?[]> Nullable<T>(T?[] values) where T : struct => new() { TypedValue = values };
}
