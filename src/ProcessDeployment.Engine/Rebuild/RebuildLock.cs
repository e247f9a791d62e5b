using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>The lock that lets one job run at a time over all nodes. Who dies, or loses its connection, lets go of it.</summary>
internal sealed class RebuildLock(Databases databases, RebuildJobs jobs)
{
    internal const long Key = 0x70726f63_72656264;
    private const int Attempts = 50;

    /// <summary>PostgreSQL tells nobody that a lock is free.</summary>
    private static readonly TimeSpan BeforeTryingAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>The connection that holds it; null when a job runs. One that has just said that it ended may hold it for another moment.</summary>
    public async Task<NpgsqlConnection?> HoldAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await TryAsync(cancellation) is { } holder) return holder;
            if (attempt == Attempts || await jobs.RunningAsync(cancellation) is not null) return null;
            await Task.Delay(BeforeTryingAgain, cancellation);
        }
    }

    private async Task<NpgsqlConnection?> TryAsync(CancellationToken cancellation)
    {
        var connection = await databases.OpenSessionAsync(cancellation);
        await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({Key})", connection);
        if ((bool)(await command.ExecuteScalarAsync(cancellation))!) return connection;
        await connection.DisposeAsync();
        return null;
    }
}
