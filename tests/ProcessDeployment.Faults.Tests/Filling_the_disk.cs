using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row P4: the disk of PostgreSQL, its log included, is full in the middle of the work. PostgreSQL then stops itself, and its supervisor starts it again when there is space.</summary>
public sealed class Filling_the_disk
{
    private const string Size = "420m";

    private readonly OutsideLedger _ledger = new();

    /// <summary>Run by hand: of 27 rounds one had an answer of 500, whose cause nobody saw. What it says then is printed.</summary>
    [Fact(Explicit = true)]
    public async Task loses_nothing_and_goes_on_when_there_is_space()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "A small disk can only be mounted by root: run these tests as root to try a full one.");
        var disk = Path.Combine(Path.GetTempPath(), $"process-deployment-disk-{Guid.NewGuid():n}");
        Directory.CreateDirectory(disk);
        await Shell.RunAsync("mount", "-t", "tmpfs", "-o", $"size={Size},mode=0777", "none", disk);
        try
        {
            await using var server = await Server.StartAsync(Path.Combine(disk, "data"));
            await using var engine = await EngineProcess.StartAsync(server, rabbitMq: null, Under_faults.SqlAccount);
            using var report = new RowReport("P4", "full disk of PostgreSQL");
            try
            {
                foreach (var random in Rounds.Run("a full disk"))
                {
                    await FillAsync(random, report, Path.Combine(disk, "filler"), server, engine);
                    report.RoundEnded();
                }
            }
            finally
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"What the engine said last:\n{engine.LastWords}");
            }
        }
        finally
        {
            await Shell.RunAsync("umount", "-l", disk);
            Directory.Delete(disk);
        }
    }

    private async Task FillAsync(Random random, RowReport report, string filler, Server server, EngineProcess engine)
    {
        await using (var load = new Load(_ledger))
        {
            await load.BeginAsync(Under_faults.HttpAccount, new(new(random.Next())), new HttpSender(engine.Url), workers: 16);
            await load.BeginAsync(Under_faults.SqlAccount, new(new(random.Next())), new SqlSender(server.ConnectionString), workers: 8);
            await load.AnsweredAsync(random.Next(100, 500), onEachChannel: 20);
            var before = _ledger.Misses;
            Fill(filler);
            await Until.TrueAsync(() => Task.FromResult(_ledger.Misses > before + 20), () => "A full disk stops nobody.");
            File.Delete(filler);
            var since = System.Diagnostics.Stopwatch.GetTimestamp();
            // It may have ended, or be about to.
            if (!await GoesOnAsync(load, server)) await load.AnsweredAsync(1, onEachChannel: 1);
            report.Recovered(System.Diagnostics.Stopwatch.GetElapsedTime(since));
            await load.AnsweredAsync(200, onEachChannel: 40);
            await load.EndAsync();
        }

        await Verdict.OnAsync(server.ConnectionString, _ledger, report);
    }

    private async Task<bool> GoesOnAsync(Load load, Server server)
    {
        var answered = _ledger.Answered;
        await Until.TrueAsync(() => Task.FromResult(!server.Runs || _ledger.Answered > answered), () => "PostgreSQL runs, and nothing is answered.");
        if (server.Runs) return false;
        await server.ForgetAsync();
        await server.StartAgainAsync();
        await load.AnsweredAsync(1, onEachChannel: 1);
        return true;
    }

    /// <summary>To the last byte.</summary>
    private static void Fill(string filler)
    {
        var piece = new byte[64 * 1024];
        using var file = File.OpenHandle(filler, FileMode.Create, FileAccess.Write);
        for (long at = 0; ; at += piece.Length)
        {
            try
            {
                RandomAccess.Write(file, piece, at);
            }
            catch (IOException)
            {
                return;
            }
        }
    }
}
