using Npgsql;

namespace ProcessDeployment.Engine.Storage;

/// <summary>The ways to the one database: the pipeline's own connections, the sealer's, the owner's, and those for everything else.</summary>
public sealed class Databases : IAsyncDisposable
{
    public Databases(string connectionString)
        : this(new Logins(connectionString))
    {
    }

    public Databases(Logins logins)
    {
        Logins = logins;
        Pipeline = NpgsqlDataSource.Create(ForPipeline(logins.App));
        Previews = NpgsqlDataSource.Create(ForPreviews(logins.App));
        Shared = NpgsqlDataSource.Create(ForShared(logins.App));
        Sealer = NpgsqlDataSource.Create(ForSealer(logins.Sealer));
    }

    public Logins Logins { get; }

    /// <summary>For batches of commands only.</summary>
    public NpgsqlDataSource Pipeline { get; }

    /// <summary>For what reads as the pipeline does and writes nothing: few, so that no command waits for those who only look.</summary>
    public NpgsqlDataSource Previews { get; }

    /// <summary>For questions, projections, messages and jobs.</summary>
    public NpgsqlDataSource Shared { get; }

    /// <summary>For writing the ledger.</summary>
    public NpgsqlDataSource Sealer { get; }

    /// <summary>For making tables and giving rights, and for what an owner does by hand; whoever opens it disposes it.</summary>
    public NpgsqlDataSource OpenOwner() => NpgsqlDataSource.Create(ForShared(Logins.Owner));

    /// <summary>A session that ends when it is closed, and its locks with it: one that goes back to a pool keeps them until it is used again.</summary>
    public Task<NpgsqlConnection> OpenSessionAsync(CancellationToken cancellation) => OpenAsync(new(ForShared(Logins.App)) { Pooling = false }, cancellation);

    /// <summary>
    /// For reading much in one go: with the usual buffers a reader sleeps and wakes for every eight kilobytes, and what it
    /// reads waits with it.
    /// </summary>
    public Task<NpgsqlConnection> OpenForReadingAsync(CancellationToken cancellation) =>
        OpenAsync(new(ForShared(Logins.App)) { Pooling = false, ReadBufferSize = 64 * 1024 }, cancellation);

    public async ValueTask DisposeAsync()
    {
        await Pipeline.DisposeAsync();
        await Previews.DisposeAsync();
        await Sealer.DisposeAsync();
        await Shared.DisposeAsync();
    }

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnectionStringBuilder settings, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Throws what is wrong with a connection string.</summary>
    public static void Check(string connectionString) => NpgsqlDataSource.Create(ForShared(connectionString)).Dispose();

    /// <summary>
    /// Statements stay prepared: planning would cost more than the work, and a reset at each return to the pool would
    /// forget the plans. Nothing in the pipeline relies on session state. A generic plan made while tables are empty would
    /// scan them for ever, so its connections may only use indexes.
    /// </summary>
    private static string ForPipeline(string connectionString) => new NpgsqlConnectionStringBuilder(ForShared(connectionString))
    {
        NoResetOnClose = true,
        MaxPoolSize = AtMost(32, connectionString),
        ApplicationName = "process-deployment pipeline",
        Options = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off",
    }.ConnectionString;

    /// <summary>Whoever has few connections to give says so for every pool.</summary>
    private static int AtMost(int ours, string connectionString) => Math.Min(ours, new NpgsqlConnectionStringBuilder(connectionString).MaxPoolSize);

    private static string ForPreviews(string connectionString) => new NpgsqlConnectionStringBuilder(ForPipeline(connectionString))
    {
        MaxPoolSize = AtMost(8, connectionString),
        ApplicationName = "process-deployment previews",
    }.ConnectionString;

    /// <summary>
    /// Events are found by their index, however few there were at first. Without a pool, since a session holds the lock of
    /// the one who seals: back in a pool it would keep it until it is used again.
    /// </summary>
    private static string ForSealer(string connectionString) => new NpgsqlConnectionStringBuilder(ForShared(connectionString))
    {
        Pooling = false,
        ApplicationName = "process-deployment sealer",
        Options = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off",
    }.ConnectionString;

    private static string ForShared(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.Multiplexing) throw new InvalidOperationException("Multiplexing must be off: locks and transactions need a connection of their own.");
        if (settings.Pooling is false) throw new InvalidOperationException("Pooling must be on.");
        settings.MaxAutoPrepare = Math.Max(settings.MaxAutoPrepare, 200);
        settings.AutoPrepareMinUsages = 2;
        settings.KeepAlive = 30;
        settings.IncludeErrorDetail = false;
        settings.ApplicationName ??= "process-deployment";
        return settings.ConnectionString;
    }
}
