using Npgsql;
using ProcessDeployment.ChannelTests;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>
/// What rows share, since starting it takes longer than most faults: an engine, its PostgreSQL and its broker, a proxy before
/// each of the two, and the outside ledger of all that was ever sent there.
/// </summary>
public sealed class Rig : IAsyncLifetime
{
    private Server? _server;
    private EngineProcess? _engine;
    private Proxy? _toDatabase;

    internal Server Database => _server!;

    internal EngineProcess Engine => _engine!;

    internal Proxy ToDatabase => _toDatabase!;

    /// <summary>Null where none is installed, which CI does not accept.</summary>
    internal RabbitMqServer? Broker { get; private set; }

    internal Proxy? ToBroker { get; private set; }

    internal OutsideLedger Ledger { get; } = new();

    public async ValueTask InitializeAsync()
    {
        if (RabbitMqServer.Programs() is { } programs) Broker = await RabbitMqServer.StartNewAsync(programs);
        else if (Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("CI needs rabbitmq-server.");
        if (Broker is not null) ToBroker = new(new Uri(Broker.Address).Port);
        _server = await Server.StartAsync();
        _toDatabase = new(new NpgsqlConnectionStringBuilder(_server.ConnectionString).Port);
        _engine = await StartEngineAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
        if (_toDatabase is not null) await _toDatabase.DisposeAsync();
        if (ToBroker is not null) await ToBroker.DisposeAsync();
        if (Broker is not null) await Broker.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>How the engine reaches its database.</summary>
    internal string Through(Action<NpgsqlConnectionStringBuilder> with)
    {
        var database = new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Port = ToDatabase.Port };
        with(database);
        return database.ConnectionString;
    }

    /// <summary>With settings that a row needs. Whoever sets some takes them back.</summary>
    internal async Task RestartEngineAsync(params IEnumerable<(string Name, string? Value)> settings)
    {
        await Engine.KillAsync();
        Engine.Set(settings);
        await Engine.StartAgainAsync();
    }

    /// <summary>A row that failed leaves nothing broken to the next.</summary>
    internal async Task MendAsync()
    {
        foreach (var proxy in (Proxy?[])[ToDatabase, ToBroker])
        {
            proxy?.Speak();
            if (proxy is not null) (proxy.Delay, proxy.Most) = (null, Line.Buffer);
        }

        if (Engine.HasExited) await Engine.StartAgainAsync();
    }

    /// <summary>Another engine on the same database and broker, with settings of its own.</summary>
    internal async Task<EngineProcess> StartEngineAsync(params IEnumerable<(string Name, string? Value)> settings)
    {
        var engine = EngineProcess.Prepare(
            Through(static _ => { }),
            Database.LedgerFolder,
            ToBroker is null ? null : new UriBuilder(Broker!.Address) { Port = ToBroker.Port }.Uri.ToString(),
            Under_faults.SqlAccount, Under_faults.AmqpAccount);
        engine.Set(settings);
        await engine.StartAgainAsync();
        return engine;
    }
}

/// <summary>Rows that hurt what is around an engine, or bring it what nobody should, one after the other on a rig.</summary>
[CollectionDefinition(Name)]
public sealed class Rig_of_faults : ICollectionFixture<Rig>
{
    public const string Name = "Rig of faults";
}

/// <summary>Rows that end engines, on a rig of their own: for seconds after each nobody makes read models, and a verdict waits for them.</summary>
[CollectionDefinition(Name)]
public sealed class Rig_of_engines : ICollectionFixture<Rig>
{
    public const string Name = "Rig of engines";
}

/// <summary>Two engines that are restarted in turn, which is mostly waiting for one that leaves.</summary>
[CollectionDefinition(Name)]
public sealed class Rig_of_nodes : ICollectionFixture<Rig>
{
    public const string Name = "Rig of nodes";
}

/// <summary>How long nobody does a duty is bounded in seconds: this runs when all others have ended, and nothing else is at work.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Rig_alone : ICollectionFixture<Rig>
{
    public const string Name = "Rig alone";
}
