using Npgsql;
using ProcessDeployment.Embedded;

namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>The one PostgreSQL that both sides work on.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private readonly PrivatePostgres? _server;
    private readonly string? _folder;
    private readonly NpgsqlDataSource _source;

    private BenchmarkDatabase(PrivatePostgres? server, string? folder, string connectionString)
    {
        (_server, _folder, ConnectionString) = (server, folder, connectionString);
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "benchmark", CommandTimeout = 600, MaxPoolSize = 8 });
    }

    public string ConnectionString { get; }

    /// <summary>Where engines on it keep their ledger: it belongs to the database, as long as that is there.</summary>
    public string? LedgerFolder { get; private init; }

    /// <summary>Of the server's main process; null when it runs elsewhere.</summary>
    public int? ServerProcessId { get; private set; }

    public static async Task<BenchmarkDatabase> StartAsync(BenchmarkOptions options)
    {
        if (options.Postgres is { } given) return await new BenchmarkDatabase(server: null, folder: null, given).CheckedAsync();
        // Not a private temporary folder: as root, the server runs as another user who must be able to enter.
        var temporary = options.Data is null ? Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"process-deployment-benchmark-{Guid.NewGuid():n}")).FullName : null;
        var server = await PrivatePostgres.StartAsync(new(Path.Combine(options.Data ?? temporary!, "data")), Console.Error.WriteLine);
        return await new BenchmarkDatabase(server, temporary, server.ConnectionString) { LedgerFolder = Path.Combine(options.Data ?? temporary!, "ledger") }.CheckedAsync();
    }

    /// <summary>Another database on the same server, empty.</summary>
    public async Task<BenchmarkDatabase> NewAsync(string name)
    {
        await ExecuteAsync($"drop database if exists {name} with (force)");
        await ExecuteAsync($"create database {name}");
        return new(server: null, folder: null, new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString) { ServerProcessId = ServerProcessId };
    }

    public double? Cpu() => ServerProcessId is { } pid ? Harness.Cpu.OfTree(pid) : null;

    public async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync();
    }

    public async IAsyncEnumerable<NpgsqlDataReader> RowsAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) yield return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = _source.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.AddWithValue(parameter);
        return command;
    }

    /// <summary>No figure counts on a server that does not keep its promises.</summary>
    private async Task<BenchmarkDatabase> CheckedAsync()
    {
        foreach (var setting in new[] { "fsync", "synchronous_commit", "full_page_writes" })
        {
            if (await ScalarAsync<string>($"select current_setting('{setting}')") is var value && value != "on")
                throw new InvalidOperationException($"{setting} is {value}; it must be on.");
        }

        if (new NpgsqlConnectionStringBuilder(ConnectionString).Host is "127.0.0.1" or "localhost" or "::1"
            && Harness.Cpu.ParentOf(await ScalarAsync<int>("select pg_backend_pid()")) is { } parent and > 1) ServerProcessId = parent;
        return this;
    }

    public async Task<string> DescribeAsync()
    {
        var (version, buffers) = (await ScalarAsync<string>("select current_setting('server_version')"), await ScalarAsync<string>("select current_setting('shared_buffers')"));
        return $"PostgreSQL {version}, fsync on, synchronous_commit on, shared_buffers {buffers}";
    }
}
