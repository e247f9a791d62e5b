using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Secrets;

/// <summary>Who among all nodes looks after keys, and who tells the history of one: each held by a session, and gone with it.</summary>
internal sealed class KeyLocks(Databases databases)
{
    private const long OfKeeper = 0x70726f63_6b657973;
    private const long OfHistory = 0x70726f63_6b657968;

    /// <summary>Null where another node does.</summary>
    public async Task<IAsyncDisposable?> TryKeepAsync(CancellationToken cancellation)
    {
        var connection = await databases.OpenSessionAsync(cancellation);
        try
        {
            await using var tryLock = new NpgsqlCommand($"select pg_try_advisory_lock({OfKeeper})", connection);
            if (await tryLock.ExecuteScalarAsync(cancellation) is true) return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Waits for its turn: what is told twice cannot be taken back.</summary>
    public async Task<IAsyncDisposable> TellAsync(CancellationToken cancellation)
    {
        var connection = await databases.OpenSessionAsync(cancellation);
        try
        {
            await using var takeLock = new NpgsqlCommand($"select pg_advisory_lock({OfHistory})", connection);
            await takeLock.ExecuteNonQueryAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
