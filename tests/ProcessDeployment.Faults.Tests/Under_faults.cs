using ProcessDeployment.ChannelTests;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>What each fault shares: load on every channel, the fault at a random moment of it, and the verdict on all that was ever sent.</summary>
[Collection(Rig_of_faults.Name)]
public abstract class Under_faults(Rig rig) : IAsyncLifetime
{
    public const string HttpAccount = "local";
    public const string SqlAccount = "by-sql";
    public const string AmqpAccount = "by-amqp";

    private protected Rig Rig => rig;

    private protected Server Database => rig.Database;

    private protected EngineProcess Engine => rig.Engine;

    private protected RabbitMqServer? Broker => rig.Broker;

    private protected OutsideLedger Ledger => rig.Ledger;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"What the engine said last:\n{Engine.LastWords}");
        await rig.MendAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>All rounds of a row, and its line at the end.</summary>
    private protected async Task RoundsAsync(string row, string fault, Func<Random, RowReport, Task> round, int? rounds = null)
    {
        using var report = new RowReport(row, fault);
        report.Begins(Ledger);
        foreach (var random in Rounds.Run(fault, rounds))
        {
            try
            {
                await round(random, report);
            }
            catch
            {
                Ledger.GiveUp();
                throw;
            }

            report.RoundEnded();
        }
    }

    /// <summary>
    /// One round: work goes well, the fault falls into it, its cause goes away, work goes well again without any help, and
    /// the ledger is held against the store. Recovery is counted from when the cause begins to go, a start of a server included.
    /// </summary>
    private protected Task SurvivesAsync(Random random, RowReport report, Func<Task> fault, Func<Task>? mend = null) =>
        SurvivesAsync(random, report, _ => fault(), mend);

    private protected async Task SurvivesAsync(Random random, RowReport report, Func<Load, Task> fault, Func<Task>? mend = null, string? url = null)
    {
        var phases = new Phases();
        await using (var load = new Load(Ledger))
        {
            await BeginAsync(load, random, new HttpSender(url ?? Engine.Url));
            await load.AnsweredAsync(random.Next(100, 700), onEachChannel: 20);
            phases.End("work");
            await fault(load);
            phases.End("fault");
            if (mend is not null) await mend();
            await load.AnsweredAsync(1, onEachChannel: 1);
            report.Recovered(phases.End("recovery"));
            await load.AnsweredAsync(200, onEachChannel: 40);
            await load.EndAsync();
            phases.End("work again");
        }

        await Verdict.OnAsync(Database.ConnectionString, Ledger, report);
        phases.End("verdict");
        TestContext.Current.TestOutputHelper?.WriteLine(phases.ToString());
    }

    /// <summary>Senders on every channel.</summary>
    private protected Task BeginAsync(Load load, Random random, ISender http) => Task.WhenAll(
        load.BeginAsync(HttpAccount, new(new(random.Next())), http, workers: 16),
        load.BeginAsync(SqlAccount, new(new(random.Next())), new SqlSender(Database.ConnectionString), workers: 8),
        Broker is null ? Task.CompletedTask : load.BeginAsync(AmqpAccount, new(new(random.Next())), new AmqpSender(Broker.Address), workers: 16));
}
