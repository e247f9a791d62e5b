using System.Net.Sockets;
using Npgsql;

namespace ProcessDeployment.Embedded;

/// <summary>Ways in: the connection string, and the few statements needed before the engine takes over.</summary>
internal sealed class ServerLogin(string password, string database)
{
    public string ConnectionString(int port) => Build(port, database, pooled: true);

    /// <summary>False while the server is still starting or already stopping.</summary>
    public async Task<bool> WorksAsync(int port, CancellationToken ct)
    {
        try
        {
            await using var connection = await OpenAsync(port, "postgres", ct);
            return true;
        }
        catch (PostgresException wrong) when (wrong.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            throw new PrivatePostgresException("The private PostgreSQL runs but does not accept the password in its data folder. Restore the file 'password'.", wrong);
        }
        catch (NpgsqlException e) when (e is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } || e.InnerException is SocketException or IOException)
        {
            return false;
        }
    }

    public async Task ReloadSettingsAsync(int port, CancellationToken ct)
    {
        await using var connection = await OpenAsync(port, "postgres", ct);
        await ExecuteAsync(connection, "SELECT pg_reload_conf()", ct);
    }

    /// <summary>Creates the database if need be, and returns the server's version.</summary>
    public async Task<Version> EnsureDatabaseAsync(int port, CancellationToken ct)
    {
        try
        {
            await using var connection = await OpenAsync(port, database, ct);
            return connection.PostgreSqlVersion;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await using var connection = await OpenAsync(port, "postgres", ct);
            var name = database.Replace("\"", "\"\"", StringComparison.Ordinal);
            await ExecuteAsync(connection, $"CREATE DATABASE \"{name}\"", ct);
            return connection.PostgreSqlVersion;
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(int port, string to, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(Build(port, to, pooled: false));
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private string Build(int port, string to, bool pooled) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = "postgres",
        Password = password,
        Database = to,
        Pooling = pooled,
    }.ConnectionString;
}
