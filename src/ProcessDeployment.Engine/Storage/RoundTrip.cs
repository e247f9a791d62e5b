using Npgsql;
using NpgsqlTypes;

namespace ProcessDeployment.Engine.Storage;

/// <summary>
/// The gate for hand-written SQL over rows of several accounts: <c>$1</c> is the account of each row, its other columns
/// follow. Statements travel together, in one round trip, and their results come back in order.
/// </summary>
public sealed class RoundTrip(NpgsqlConnection? connection) : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch = new(connection);
    private readonly List<Func<NpgsqlDataReader, CancellationToken, ValueTask>> _readers = [];

    /// <summary>For work that takes as long as there is data; else it is that of the connection.</summary>
    public TimeSpan Timeout
    {
        get => TimeSpan.FromSeconds(_batch.Timeout);
        init => _batch.Timeout = (int)value.TotalSeconds;
    }

    /// <summary>Adds a statement without parameters, such as <c>begin</c>.</summary>
    public void Control(string sql) => _batch.BatchCommands.Add(new(sql));

    /// <summary>Adds a statement that returns no rows. Without items there is nothing to do.</summary>
    public void Execute<T>(string sql, IReadOnlyList<T> items, Func<T, string> accountOf, Action<Rows<T>>? columns = null)
    {
        if (items.Count > 0) Add(CommandOf(sql, items, accountOf, columns));
    }

    /// <summary>Adds a statement; <paramref name="read"/> is called for each row it returns. Without items there is nothing to ask.</summary>
    public void Query<T>(string sql, IReadOnlyList<T> items, Func<T, string> accountOf, Action<Rows<T>>? columns, Action<NpgsqlDataReader> read)
    {
        if (items.Count > 0) Add(CommandOf(sql, items, accountOf, columns), read);
    }

    /// <summary>Runs it on a connection that was opened only now.</summary>
    public Task RunAsync(NpgsqlConnection on, CancellationToken cancellation)
    {
        _batch.Connection = on;
        return RunAsync(cancellation);
    }

    /// <summary>Runs what was added, if anything was.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (_batch.BatchCommands.Count == 0) return;
        await using var rows = await _batch.ExecuteReaderAsync(cancellation);
        // Only queries have result sets, and they come in the order they were added.
        foreach (var read in _readers)
        {
            while (await rows.ReadAsync(cancellation)) await read(rows, cancellation);
            await rows.NextResultAsync(cancellation);
        }
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();

    internal void Add(NpgsqlBatchCommand command) => _batch.BatchCommands.Add(command);

    internal void Add(NpgsqlBatchCommand command, Action<NpgsqlDataReader> read) => Add(command, (row, _) =>
    {
        read(row);
        return default;
    });

    internal void Add(NpgsqlBatchCommand command, Func<NpgsqlDataReader, CancellationToken, ValueTask> read)
    {
        Add(command);
        _readers.Add(read);
    }

    private static NpgsqlBatchCommand CommandOf<T>(string sql, IReadOnlyList<T> items, Func<T, string> accountOf, Action<Rows<T>>? columns)
    {
        if (!sql.Contains("$1", StringComparison.Ordinal)) throw new InvalidOperationException($"The statement does not name its accounts: {sql}");
        var rows = Rows.Of(items).Text(accountOf);
        columns?.Invoke(rows);
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in rows.Columns) command.Parameters.Add(new() { Value = column.Values, NpgsqlDbType = NpgsqlDbType.Array | column.Type });
        return command;
    }
}
