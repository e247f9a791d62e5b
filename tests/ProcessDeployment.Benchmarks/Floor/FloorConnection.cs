using Npgsql;
using NpgsqlTypes;

namespace ProcessDeployment.Benchmarks.Floor;

/// <summary>One connection of the floor with its seven prepared statements.</summary>
internal sealed class FloorConnection : IAsyncDisposable
{
    private const string DecidedBy = "kim@example.com";

    private readonly NpgsqlConnection _connection;
    private readonly Positions _positions;
    private readonly NpgsqlCommand _read;
    private readonly NpgsqlCommand _begin;
    private readonly NpgsqlCommand _move;
    private readonly NpgsqlCommand _append;
    private readonly NpgsqlCommand _state;
    private readonly NpgsqlCommand _outcome;
    private readonly NpgsqlCommand _commit;
    private readonly byte[] _fingerprint = new byte[32];

    private FloorConnection(NpgsqlConnection connection, string account, Positions positions)
    {
        (_connection, _positions) = (connection, positions);
        _read = Command(
            """
            select s.state, t.version from floor.component_state s join floor.mt_streams t on t.tenant_id = s.account_id and t.id = $3
            where s.account_id = $1 and s.component_id = $2
            """,
            account, NpgsqlDbType.Uuid, NpgsqlDbType.Text);
        _begin = Command("begin", account: null);
        _move = Command(
            "update floor.mt_streams set version = version + 1, timestamp = now() where tenant_id = $1 and id = $2 and version = $3 and not is_archived",
            account, NpgsqlDbType.Text, NpgsqlDbType.Bigint);
        _append = Command(
            """
            insert into floor.mt_events
                (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived)
            values (nextval('floor.mt_events_sequence'), $2, $3, $4, $5, $6, now(), $1, $7, $8, $8, $9, $10, false)
            """,
            account, NpgsqlDbType.Uuid, NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Jsonb, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Jsonb, NpgsqlDbType.Text);
        _state = Command(
            "update floor.component_state set stream_version = $3, state = $4 where account_id = $1 and component_id = $2",
            account, NpgsqlDbType.Uuid, NpgsqlDbType.Bigint, NpgsqlDbType.Jsonb);
        _outcome = Command(
            """
            insert into floor.command_outcome
                (account_id, command_id, fingerprint, status, position, event_count, type, actor, channel, source, subjects, decided_at)
            values ($1, $2, $3, 'accepted', $4, 1, 'processdeployment.save-component.v1', $5, 'http', 'floor', $6, now())
            """,
            account, NpgsqlDbType.Uuid, NpgsqlDbType.Bytea, NpgsqlDbType.Bigint, NpgsqlDbType.Text, NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        _commit = Command("commit", account: null);
    }

    public static async Task<FloorConnection> OpenAsync(string connectionString, string account, Positions positions)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = "benchmark floor" };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        var floor = new FloorConnection(connection, account, positions);
        foreach (var command in floor.Commands()) await command.PrepareAsync();
        return floor;
    }

    public async Task ReviseAsync(FloorItem item)
    {
        var version = await ReadAsync(item) + 1;
        var (id, position) = (Guid.CreateVersion7(), _positions.Next());

        await _begin.ExecuteNonQueryAsync();
        if (await ExecuteAsync(_move, item.Stream, version - 1) != 1) throw new InvalidOperationException("The stream moved under the floor.");
        await ExecuteAsync(
            _append, Guid.CreateVersion7(), item.Stream, version, item.Data.With(version), item.Type, item.DotNetType, id.ToString(),
            $$"""{"source": "//benchmark", "channel": "http", "position": {{position}}, "commandId": "{{id}}"}""", DecidedBy);
        await ExecuteAsync(_state, item.ComponentId, version, item.State.With(version));
        await ExecuteAsync(_outcome, id, _fingerprint, position, DecidedBy, new[] { item.ComponentId });
        await _commit.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in Commands()) await command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private IEnumerable<NpgsqlCommand> Commands() => [_read, _begin, _move, _append, _state, _outcome, _commit];

    private async Task<long> ReadAsync(FloorItem item)
    {
        (_read.Parameters[1].Value, _read.Parameters[2].Value) = (item.ComponentId, item.Stream);
        await using var rows = await _read.ExecuteReaderAsync();
        if (!await rows.ReadAsync()) throw new InvalidOperationException("The floor misses a Process.");
        _ = rows.GetString(0);
        return rows.GetInt64(1);
    }

    private static Task<int> ExecuteAsync(NpgsqlCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i + 1].Value = values[i];
        return command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(string sql, string? account, params ReadOnlySpan<NpgsqlDbType> types)
    {
        var command = new NpgsqlCommand(sql, _connection);
        if (account is not null) command.Parameters.Add(new() { Value = account, NpgsqlDbType = NpgsqlDbType.Text });
        foreach (var type in types) command.Parameters.Add(new() { NpgsqlDbType = type });
        return command;
    }
}
