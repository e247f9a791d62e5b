using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>What each fault shares: an engine and a database of their own, load on every channel, and the outside ledger.</summary>
public abstract class Under_faults : IAsyncLifetime
{
    public const string HttpAccount = "local";
    private const string SqlAccount = "by-sql";

    private readonly OutsideLedger _ledger = new();
    private Server? _server;
    private EngineProcess? _engine;

    private protected Server Database => _server!;

    private protected EngineProcess Engine => _engine!;

    public async ValueTask InitializeAsync()
    {
        _server = await Server.StartAsync();
        _engine = await EngineProcess.StartAsync(_server.ConnectionString, rabbitMq: null, SqlAccount);
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"What the engine said last:\n{_engine.LastWords}");
            await _engine.DisposeAsync();
        }

        if (_server is not null) await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>One round: work goes well, the fault falls into it, work goes well again, and the ledger is held against the store.</summary>
    private protected async Task SurvivesAsync(Random random, Func<Task> fault)
    {
        await using var http = new HttpSender(Engine.Url);
        await using var sql = new SqlSender(Database.ConnectionString);
        var (byHttp, bySql) = (new RandomCommands(new(random.Next())), new RandomCommands(new(random.Next())));
        await Load.DeliverAsync(_ledger, HttpAccount, byHttp.Beginning(), http);
        await Load.DeliverAsync(_ledger, SqlAccount, bySql.Beginning(), sql);

        await using var load = new Load(_ledger);
        load.Add(HttpAccount, byHttp, http, workers: 16);
        load.Add(SqlAccount, bySql, sql, workers: 8);
        await load.AnsweredAsync(random.Next(200, 1_000));
        await fault();
        await load.AnsweredAsync(300);
        await load.EndAsync();

        await Verdict.OnAsync(Database.ConnectionString, _ledger);
    }
}
