using ProcessDeployment.Embedded;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Host;

/// <summary>The database: a given one, or a private one that starts while the rest of the engine is put together.</summary>
public sealed class DatabaseStart : IAsyncDisposable
{
    private readonly Task<PrivatePostgres>? _starting;
    private Databases? _databases;

    internal DatabaseStart(EngineOptions options, CancellationToken cancellation)
    {
        if (options.Postgres is { } given) _databases = DatabaseReach.Open(given, options.PostgresOwner, options.PostgresSealer);
        else _starting = Task.Run(() => PrivatePostgres.StartAsync(new(options.DataFolder ?? PrivatePostgres.DefaultDataFolder()), Console.Error.WriteLine, cancellation), cancellation);
    }

    /// <summary>The private one; null when a database is given.</summary>
    public PrivatePostgres? Private { get; private set; }

    public Databases Databases => _databases ?? throw new InvalidOperationException("The database is not there yet.");

    internal async Task WaitAsync(ILogger log, CancellationToken cancellation)
    {
        if (_starting is not null)
        {
            Private = await _starting;
            _databases = new(await DatabaseRights.MakeLoginsAsync(Private.ConnectionString, cancellation));
        }

        await DatabaseReach.WaitAsync(Databases.Shared, log, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_starting is null) return;
        try
        {
            await (await _starting).DisposeAsync();
        }
        catch (Exception e) when (e is PrivatePostgresException or OperationCanceledException)
        {
            // It never started, and whoever waited for it was told.
        }
    }
}
