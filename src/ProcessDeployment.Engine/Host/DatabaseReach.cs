using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Host;

/// <summary>A given database: understood, and waited for while it starts too.</summary>
internal static class DatabaseReach
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Logins that are not given are those of the first.</summary>
    public static Databases Open(string app, string? owner, string? sealer) => new(new Logins(app, owner ?? app, sealer ?? app));

    /// <summary>A machine that starts everything at once may start the engine first.</summary>
    public static async Task WaitAsync(NpgsqlDataSource database, ILogger log, CancellationToken cancellation)
    {
        var until = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        for (var first = true; ; first = false)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellation);
                return;
            }
            catch (NpgsqlException e) when (IsAway(e))
            {
                var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
                if (TimeProvider.System.GetElapsedTime(until) > Patience)
                    throw new EngineStartException($"The database at {settings.Host}:{settings.Port} does not answer ({e.GetBaseException().Message}). Start it, or correct ConnectionStrings__Postgres.", e);
                if (first) log.LogWarning("The database at {Host}:{Port} does not answer yet; waiting for it up to {Seconds} s", settings.Host, settings.Port, Patience.TotalSeconds);
            }

            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    /// <summary>57P03: it is starting up. Anything else it says itself will not get better by waiting.</summary>
    private static bool IsAway(NpgsqlException e) => e is not PostgresException || string.Equals(e.SqlState, PostgresErrorCodes.CannotConnectNow, StringComparison.Ordinal);
}
