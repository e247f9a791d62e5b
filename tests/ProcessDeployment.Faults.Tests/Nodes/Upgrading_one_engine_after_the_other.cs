using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests.Nodes;

/// <summary>
/// A rolling upgrade: two engines of a former release work, and one after the other is replaced by one of this release, which
/// for a while works beside the former over the same database. The former one is a build of it that FORMER_ENGINE names
/// (the path of its ProcessDeployment.Engine.dll), so this runs when asked for only.
/// </summary>
public sealed class Upgrading_one_engine_after_the_other : IAsyncLifetime
{
    private static readonly (string, string?) Leaving = ("PROCESSDEPLOYMENT_LEAVING", "00:00:05");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly OutsideLedger _ledger = new();
    private Server? _server;
    private EngineProcess[] _engines = [];

    public async ValueTask InitializeAsync()
    {
        _server = await Server.StartAsync();
        _engines = [.. Enumerable.Range(0, 2).Select(_ => EngineProcess.Prepare(_server.ConnectionString, _server.LedgerFolder, rabbitMq: null, Under_faults.SqlAccount))];
        foreach (var engine in _engines) engine.Set(Leaving);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"What an engine said last:\n{engine.LastWords}");
            await engine.DisposeAsync();
        }

        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>Explicit: no build has a former release at hand.</summary>
    [Fact(Explicit = true)]
    public async Task is_no_error_to_any_caller()
    {
        var former = Environment.GetEnvironmentVariable("FORMER_ENGINE").ShouldNotBeNull("FORMER_ENGINE names no former release");
        using var report = new RowReport("two nodes", "rolling upgrade of two engines");
        foreach (var random in Rounds.Run("rolling upgrade", rounds: 1))
        {
            foreach (var engine in _engines)
            {
                engine.Release = former;
                await engine.StartAgainAsync();
            }

            await using (var load = new Load(_ledger))
            {
                var balancer = new Balancer(_engines.Select(engine => engine.Url));
                await load.BeginAsync(Under_faults.HttpAccount, new(new(random.Next())), balancer, workers: 8);
                await load.BeginAsync(Under_faults.SqlAccount, new(new(random.Next())), new SqlSender(_server!.ConnectionString), workers: 8);
                await load.AnsweredAsync(300, onEachChannel: 50);
                foreach (var engine in _engines)
                {
                    // A former release that does not know how to leave slowly is taken out of the balancer by hand.
                    balancer.Leave(engine.Url);
                    (await engine.TerminateAsync(Patience)).ShouldBe(0, engine.LastWords);
                    engine.Release = null;
                    await engine.StartAgainAsync();
                    balancer.ComeBack(engine.Url);
                    await load.AnsweredAsync(300, onEachChannel: 50);
                }

                TestContext.Current.TestOutputHelper?.WriteLine($"{balancer.Answers} requests were answered, {balancer.Errors.Count} were not.");
                balancer.Errors.ShouldBeEmpty();
                await load.EndAsync();
            }

            await Verdict.OnAsync(_server.ConnectionString, _ledger, report);
            report.RoundEnded();
        }
    }
}
