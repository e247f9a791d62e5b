using Npgsql;
using NpgsqlTypes;

namespace ProcessDeployment.Engine.Storage;

/// <summary>
/// The gate for hand-written SQL about one account: every statement gets it as <c>$1</c>. Statements travel together, in
/// one round trip, and their results come back in order.
/// </summary>
public sealed class AccountBatch(NpgsqlConnection? connection, string accountId) : IAsyncDisposable
{
    private readonly RoundTrip _trip = new(connection);

    /// <summary>One that gets its connection when it runs: whatever is waited for before that must not hold one.</summary>
    public AccountBatch(string accountId)
        : this(null, accountId)
    {
    }

    /// <summary>One that may take longer than a question.</summary>
    public AccountBatch(NpgsqlConnection connection, string accountId, TimeSpan timeout)
        : this(connection, accountId) => _trip = new(connection) { Timeout = timeout };

    /// <summary>The account all statements are about.</summary>
    public string AccountId { get; } = accountId;

    /// <summary>Adds a statement; <paramref name="read"/> is called for each of its rows.</summary>
    public void Query(string sql, Action<NpgsqlDataReader> read, params ReadOnlySpan<NpgsqlParameter> parameters) => _trip.Add(Command(sql, parameters), read);

    /// <summary>The same for rows that are given on, one by one, while the next are still to come.</summary>
    public void Stream(string sql, Func<NpgsqlDataReader, CancellationToken, ValueTask> read, params ReadOnlySpan<NpgsqlParameter> parameters) =>
        _trip.Add(Command(sql, parameters), read);

    /// <summary>Adds a statement that returns no rows.</summary>
    public void Execute(string sql, params ReadOnlySpan<NpgsqlParameter> parameters) => _trip.Add(Command(sql, parameters));

    /// <summary>Adds a statement without parameters, such as <c>begin</c>.</summary>
    public void Control(string sql) => _trip.Control(sql);

    /// <summary>Runs it on a connection that was opened only now.</summary>
    public Task RunAsync(NpgsqlConnection on, CancellationToken cancellation) => _trip.RunAsync(on, cancellation);

    public Task RunAsync(CancellationToken cancellation) => _trip.RunAsync(cancellation);

    public ValueTask DisposeAsync() => _trip.DisposeAsync();

    private NpgsqlBatchCommand Command(string sql, ReadOnlySpan<NpgsqlParameter> parameters)
    {
        if (!sql.Contains("$1", StringComparison.Ordinal)) throw new InvalidOperationException($"The statement does not name its account: {sql}");
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = AccountId, NpgsqlDbType = NpgsqlDbType.Text });
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }
}
