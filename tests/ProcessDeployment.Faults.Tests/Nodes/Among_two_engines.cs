using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests.Nodes;

/// <summary>Two engines over one database and one broker, both at work: load on every channel, that of HTTP spread over the two.</summary>
public abstract class Among_two_engines(Rig rig) : Under_faults(rig)
{
    private EngineProcess? _other;

    private protected EngineProcess Other => _other!;

    /// <summary>Beyond what every engine here has.</summary>
    private protected virtual IReadOnlyList<(string, string?)> SettingsOfOther => [];

    public override async ValueTask InitializeAsync() => _other = await Rig.StartEngineAsync(SettingsOfOther);

    public override async ValueTask DisposeAsync()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"What the other engine said last:\n{_other?.LastWords}");
        if (_other is not null) await _other.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Work goes well, something happens to the engines, work goes well again, and the ledger is held against the store.</summary>
    private protected async Task WorkingAsync(Random random, RowReport report, Func<Load, Balancer, Task> happens)
    {
        await using (var load = new Load(Ledger))
        {
            var balancer = new Balancer(Engine.Url, Other.Url);
            await BeginAsync(load, random, balancer);
            await load.AnsweredAsync(random.Next(100, 700), onEachChannel: 20);
            await happens(load, balancer);
            await load.AnsweredAsync(200, onEachChannel: 20);
            await load.EndAsync();
        }

        await Verdict.OnAsync(Database.ConnectionString, Ledger, report);
    }
}
