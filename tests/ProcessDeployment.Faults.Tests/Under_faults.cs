using ProcessDeployment.ChannelTests;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>What each fault shares: an engine, a database and a broker of their own, load on every channel, and the outside ledger.</summary>
public abstract class Under_faults : IAsyncLifetime
{
    public const string HttpAccount = "local";
    private const string SqlAccount = "by-sql";
    private const string AmqpAccount = "by-amqp";

    private readonly OutsideLedger _ledger = new();
    private Server? _server;
    private EngineProcess? _engine;

    private protected Server Database => _server!;

    private protected EngineProcess Engine => _engine!;

    /// <summary>Null where none is installed, which CI does not accept.</summary>
    private protected RabbitMqServer? Broker { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (RabbitMqServer.Programs() is { } programs) Broker = await RabbitMqServer.StartNewAsync(programs);
        else if (Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("CI needs rabbitmq-server.");
        _server = await Server.StartAsync();
        _engine = await EngineProcess.StartAsync(_server, Broker?.Address, SqlAccount, AmqpAccount);
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"What the engine said last:\n{_engine.LastWords}");
            await _engine.DisposeAsync();
        }

        if (Broker is not null) await Broker.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>One round: work goes well, the fault falls into it, work goes well again, and the ledger is held against the store.</summary>
    private protected async Task SurvivesAsync(Random random, Func<Task> fault)
    {
        await using var http = new HttpSender(Engine.Url);
        await using var sql = new SqlSender(Database.ConnectionString);
        await using var amqp = Broker is null ? null : new AmqpSender(Broker.Address);
        await using var load = new Load(_ledger);
        await load.BeginAsync(HttpAccount, new(new(random.Next())), http, workers: 16);
        await load.BeginAsync(SqlAccount, new(new(random.Next())), sql, workers: 8);
        if (amqp is not null) await load.BeginAsync(AmqpAccount, new(new(random.Next())), amqp, workers: 16);

        await load.AnsweredAsync(random.Next(200, 1_000), onEachChannel: 20);
        await fault();
        await load.AnsweredAsync(300, onEachChannel: 100);
        await load.EndAsync();

        await Verdict.OnAsync(Database.ConnectionString, _ledger);
    }
}
