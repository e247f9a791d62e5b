using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row P7: somebody puts back an older copy of the database and goes on, as if what came after had never been.</summary>
public sealed class Restoring_an_older_backup
{
    [Fact]
    public async Task is_refused_by_the_engine_and_found_by_the_verifier()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"process-deployment-backup-{Guid.NewGuid():n}");
        await using var server = await Server.StartAsync();
        await using var engine = await EngineProcess.StartAsync(server);
        await using var http = new HttpSender(engine.Url);
        using var ledger = new LedgerOfEngine(engine.Url);
        using var report = new RowReport("P7", "restore of an older backup");
        var sent = new OutsideLedger();
        report.Begins(sent);
        foreach (var random in Rounds.Run("restore of an older backup", Rounds.Once))
        {
            await SendAsync(sent, http, random.Next(1, 50));
            await engine.KillAsync();
            await server.BackUpAsync(folder);
            await engine.StartAgainAsync();
            await SendAsync(sent, http, random.Next(1, 50));
            await Verdict.OnAsync(server.ConnectionString, sent, report);
            var kept = await ledger.CheckpointAsync(sent.Accounts.Single().History.Count);
            await engine.KillAsync();
            await server.BackUpAsync(folder + "-newest");

            await server.RestoreAsync(folder);
            engine.Start();
            (await ledger.TroubleAsync()).ShouldContain("was set back to an older state");
            await engine.KillAsync();
            // What auditors hold says more than the engine: without its published checkpoints it would go on.
            Directory.Move(server.LedgerFolder, server.LedgerFolder + "-away");
            Directory.CreateDirectory(server.LedgerFolder);
            File.Copy(Path.Combine(server.LedgerFolder + "-away", "signing-key.pem"), Path.Combine(server.LedgerFolder, "signing-key.pem"));
            await engine.StartAgainAsync();
            await SendAsync(new(), http, 60);
            (await ledger.VerifyAsync(kept)).ShouldBe(Verifier.Verification.Altered);

            // The newest state again, with the ledger that belongs to it: all is well.
            await engine.KillAsync();
            Directory.Delete(server.LedgerFolder, recursive: true);
            Directory.Move(server.LedgerFolder + "-away", server.LedgerFolder);
            await server.RestoreAsync(folder + "-newest");
            await engine.StartAgainAsync();
            await SendAsync(sent, http, 1);
            (await ledger.VerifyAsync(kept)).ShouldBe(Verifier.Verification.Proven);
            await Verdict.OnAsync(server.ConnectionString, sent, report);
            report.RoundEnded();
            foreach (var copy in (string[])[folder, folder + "-newest"]) await Shell.RunAsync("rm", "-rf", copy);
        }
    }

    private static async Task SendAsync(OutsideLedger ledger, HttpSender http, int many)
    {
        for (; many > 0; many--)
        {
            var atomId = Guid.CreateVersion7();
            var entry = ledger.Intend(Under_faults.HttpAccount, new RegisterAtom { AtomId = atomId, Name = $"Atom {atomId}" });
            await Load.DeliverAsync(entry, http, TestContext.Current.CancellationToken);
        }
    }
}
