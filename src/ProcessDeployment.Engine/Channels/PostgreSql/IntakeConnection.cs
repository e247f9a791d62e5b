using Npgsql;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Storage.Parameters;

namespace ProcessDeployment.Engine.PostgreSql;

/// <summary>
/// A connection outside the pools: it listens, and its session lock says which node reads. Should two nodes read for a
/// moment after a lost connection, each command still takes effect once and in order.
/// </summary>
internal sealed class IntakeConnection : IAsyncDisposable
{
    private const long Lock = 0x70726f63_696e746b;
    /// <summary>A chunk ends with the row that passes this.</summary>
    public const long ChunkBytes = 32 * 1024 * 1024;

    private readonly NpgsqlConnection _connection;
    private bool _notified = true;

    private IntakeConnection(NpgsqlConnection connection)
    {
        _connection = connection;
        connection.Notification += (_, _) => _notified = true;
    }

    public static async Task<IntakeConnection> OpenAsync(Databases databases, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(databases.Logins.App)
        {
            Pooling = false,
            KeepAlive = 10,
            MaxAutoPrepare = 10,
            AutoPrepareMinUsages = 2,
            ApplicationName = "process-deployment intake",
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return new(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<bool> TryLockAsync(CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({Lock})", _connection);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public async Task ListenAsync(CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("listen process_deployment_commands", _connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Waits until a sender has notified since the last reading, or until the time is over.</summary>
    public async Task WaitAsync(TimeSpan most, CancellationToken cancellation)
    {
        if (!_notified) await _connection.WaitAsync(most, cancellation);
    }

    /// <summary>The next rows above an id that are not at work.</summary>
    public async Task<List<IntakeRow>> ReadAsync(long above, long[] atWork, int most, CancellationToken cancellation)
    {
        // A notification that comes during the query may be of a row it does not see yet.
        _notified = false;
        await using var command = new NpgsqlCommand(
            """
            select id, size, case when size <= $4 then body end, clock_timestamp() - received_at, nullif(sent_by, session_user)::text
            from (select id, body, received_at, sent_by, octet_length(body)::bigint as size, sum(octet_length(body)) over (order by id) - octet_length(body) as before
                  from (select id, body, received_at, sent_by from process_deployment.command_intake where id > $1 and id <> all($2) order by id limit $3) as chunk) as sized
            where before < $5 order by id
            """,
            _connection);
        command.Parameters.Add(Value(above));
        command.Parameters.Add(Array(atWork));
        command.Parameters.Add(Value((long)most));
        command.Parameters.Add(Value((long)Contracts.Limits.MessageBytes));
        command.Parameters.Add(Value(ChunkBytes));
        var found = new List<IntakeRow>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) found.Add(Row(rows));
        return found;
    }

    /// <summary>Marks rows that wait for a newer node, so that nobody takes the intake for jammed.</summary>
    public async Task SetAsideAsync(long[] rows, CancellationToken cancellation)
    {
        if (rows.Length == 0) return;
        await using var command = new NpgsqlCommand(
            "update process_deployment.command_intake set set_aside_at = clock_timestamp() where id = any($1) and set_aside_at is null", _connection);
        command.Parameters.Add(Array(rows));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static IntakeRow Row(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2), row.GetTimeSpan(3), row.IsDBNull(4) ? null : row.GetString(4));

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
