using Npgsql;
using NpgsqlTypes;

namespace ProcessDeployment.Engine.Storage;

/// <summary>
/// The one gate for hand-written SQL on the tables of accounts: every statement gets the account as <c>$1</c>. Statements
/// travel together, in one round trip, and their results come back in order.
/// </summary>
public sealed class AccountBatch(NpgsqlConnection? connection, string accountId) : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch = new(connection);
    private readonly List<Func<NpgsqlDataReader, CancellationToken, ValueTask>> _readers = [];

    /// <summary>One that gets its connection when it runs: whatever is waited for before that must not hold one.</summary>
    public AccountBatch(string accountId)
        : this(null, accountId)
    {
    }

    /// <summary>The account all statements are about.</summary>
    public string AccountId { get; } = accountId;

    /// <summary>Adds a statement; <paramref name="read"/> is called for each of its rows.</summary>
    public void Query(string sql, Action<NpgsqlDataReader> read, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        Command(sql, parameters);
        _readers.Add((row, _) =>
        {
            read(row);
            return default;
        });
    }

    /// <summary>The same for rows that are given on, one by one, while the next are still to come.</summary>
    public void Stream(string sql, Func<NpgsqlDataReader, CancellationToken, ValueTask> read, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        Command(sql, parameters);
        _readers.Add(read);
    }

    /// <summary>Adds a statement that returns no rows.</summary>
    public void Execute(string sql, params ReadOnlySpan<NpgsqlParameter> parameters) => Command(sql, parameters);

    /// <summary>Adds a statement without parameters, such as <c>begin</c>.</summary>
    public void Control(string sql) => _batch.BatchCommands.Add(new(sql));

    /// <summary>Runs it on a connection that was opened only now.</summary>
    public Task RunAsync(NpgsqlConnection on, CancellationToken cancellation)
    {
        _batch.Connection = on;
        return RunAsync(cancellation);
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var rows = await _batch.ExecuteReaderAsync(cancellation);
        // Only queries have result sets, and they come in the order they were added.
        foreach (var read in _readers)
        {
            while (await rows.ReadAsync(cancellation)) await read(rows, cancellation);
            await rows.NextResultAsync(cancellation);
        }
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();

    private void Command(string sql, ReadOnlySpan<NpgsqlParameter> parameters)
    {
        if (!sql.Contains("$1", StringComparison.Ordinal)) throw new InvalidOperationException($"The statement does not name its account: {sql}");
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = AccountId, NpgsqlDbType = NpgsqlDbType.Text });
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        _batch.BatchCommands.Add(command);
    }
}
