using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>The locks that let one job run at a time in each place, over all nodes. Who dies, or loses its connection, lets go of it.</summary>
internal sealed class RebuildLock(Databases databases, RebuildJobs jobs)
{
    /// <summary>Shared by all jobs: an engine of a release that knows one place only takes it for itself, and so begins nothing beside them.</summary>
    internal const long Key = 0x70726f63_72656264;
    public const int Attempts = 50;

    /// <summary>PostgreSQL tells nobody that a lock is free.</summary>
    private static readonly TimeSpan BeforeTryingAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>The connection that holds it; null when a job runs there. One that has just said that it ended may hold it for another moment.</summary>
    /// <param name="place">The place.</param>
    /// <param name="attempts">How often it is tried; once for who can wait in the list.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<NpgsqlConnection?> HoldAsync(int place, int attempts, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await TryAsync(place, cancellation) is { } holder) return holder;
            if (attempt >= attempts || (await jobs.RunningAsync(cancellation)).Exists(job => job.Place == place && !job.IsWaiting)) return null;
            await Task.Delay(BeforeTryingAgain, cancellation);
        }
    }

    /// <summary>Of one place.</summary>
    internal static long KeyOf(int place) => Key + 1 + place;

    private async Task<NpgsqlConnection?> TryAsync(int place, CancellationToken cancellation)
    {
        var connection = await databases.OpenSessionAsync(cancellation);
        await using var command = new NpgsqlCommand($"select pg_try_advisory_lock_shared({Key}) and pg_try_advisory_lock({KeyOf(place)})", connection);
        if ((bool)(await command.ExecuteScalarAsync(cancellation))!) return connection;
        await connection.DisposeAsync();
        return null;
    }
}
