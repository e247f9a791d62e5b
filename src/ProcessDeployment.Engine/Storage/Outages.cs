using Npgsql;

namespace ProcessDeployment.Engine.Storage;

/// <summary>What is no fault of whoever asked: the database is away or cannot write, and comes back.</summary>
internal static class Outages
{
    /// <summary>Connection lost, out of resources, shut down, crashed or starting, I/O error; and read-only, as a standby or a full disk at a hoster.</summary>
    private static readonly string[] States = ["08", "53", "57", "58", PostgresErrorCodes.ReadOnlySqlTransaction];

    public static bool Is(Exception e) => e switch
    {
        // A statement that took too long: less at once may do.
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => false,
        PostgresException postgres => States.Any(state => postgres.SqlState.StartsWith(state, StringComparison.Ordinal)),
        NpgsqlException or TimeoutException or IOException => true,
        _ => false,
    };
}
