using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row P4: the disk of PostgreSQL, its log included, is full in the middle of the work. PostgreSQL then stops itself, and its supervisor starts it again when there is space.</summary>
public sealed class Filling_the_disk
{
    /// <summary>What an engine says when it does not take a failure for an outage: of a command alone that is an answer of 500.</summary>
    private static readonly string[] Defects = ["failed and is split", "could not be brought to effect", "was given up", "/api/v1/commands failed"];

    private readonly OutsideLedger _ledger = new();

    [Fact]
    public async Task loses_nothing_and_goes_on_when_there_is_space()
    {
        await using var disk = await SmallDisk.MountAsync();
        Assert.SkipWhen(disk is null, "No small disk: only root may mount one, and not in every container.");
        await using var server = await Server.StartAsync(Path.Combine(disk.Folder, "data"));
        await using var engine = await EngineProcess.StartAsync(server, rabbitMq: null, Under_faults.SqlAccount);
        using var report = new RowReport("P4", "full disk of PostgreSQL");
        try
        {
            foreach (var random in Rounds.Run("a full disk"))
            {
                await FillAsync(random, report, disk, server, engine);
                report.RoundEnded();
            }
        }
        finally
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"What the engine said last:\n{engine.LastWords}");
            foreach (var line in engine.Said.Where(line => Defects.Any(defect => line.Contains(defect, StringComparison.Ordinal)))) TestContext.Current.TestOutputHelper?.WriteLine(line);
        }
    }

    private async Task FillAsync(Random random, RowReport report, SmallDisk disk, Server server, EngineProcess engine)
    {
        var phases = new Phases();
        await using (var load = new Load(_ledger))
        {
            await load.BeginAsync(Under_faults.HttpAccount, new(new(random.Next())), new HttpSender(engine.Url), workers: 16);
            await load.BeginAsync(Under_faults.SqlAccount, new(new(random.Next())), new SqlSender(server.ConnectionString), workers: 8);
            await load.AnsweredAsync(random.Next(100, 500), onEachChannel: 20);
            phases.End("work");
            var before = _ledger.Misses;
            disk.Fill();
            await Until.TrueAsync(() => Task.FromResult(_ledger.Misses > before + 20), () => "A full disk stops nobody.");
            disk.Free();
            phases.End("fault");
            await SupervisedAsync(server, load.AnsweredAsync(1, onEachChannel: 1));
            report.Recovered(phases.End("recovery"));
            await SupervisedAsync(server, load.AnsweredAsync(200, onEachChannel: 40));
            await load.EndAsync();
            phases.End("work again");
        }

        await Verdict.OnAsync(server.ConnectionString, _ledger, report);
        phases.End("verdict");
        TestContext.Current.TestOutputHelper?.WriteLine(phases.ToString());
    }

    /// <summary>As a supervisor does, starts it again whenever it has ended.</summary>
    private static async Task SupervisedAsync(Server server, Task until)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!until.IsCompleted)
        {
            if (!server.Runs)
            {
                await server.ForgetAsync();
                await server.StartAgainAsync();
            }

            await timer.WaitForNextTickAsync();
        }

        await until;
    }
}
