using ProcessDeployment.Faults.Tests.Harness;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row P7, the honest way: the database is lost, its backup and the archived log bring back a moment before, and producers send again what they kept.</summary>
public sealed class Restoring_to_a_moment
{
    private const int Commands = 40;

    [Fact]
    public async Task is_seen_by_the_verifier_and_made_good_by_sending_again_what_producers_kept()
    {
        using var report = new RowReport("P7", "restore to a moment from backup and log");
        foreach (var random in Rounds.Run("restore to a moment", rounds: Rounds.AreLong ? null : 1))
        {
            await using var restored = new Restored();
            await restored.BeginAsync();
            await using var http = new HttpSender(restored.Engine.Url);
            using var ledger = new LedgerOfEngine(restored.Engine.Url);
            var (sent, commands) = (new OutsideLedger(), new RandomCommands(random));
            var kept = new List<OutsideLedger.Entry>();
            foreach (var command in commands.Beginning()) kept.Add(await SendAsync(sent.Intend(Under_faults.HttpAccount, command), http));
            await restored.BackUpAsync();
            await MoreAsync();
            var before = await ledger.CheckpointAsync(kept.Max(entry => entry.Answer!.Position));
            var moment = await restored.NowAsync();
            await MoreAsync();
            var after = await ledger.CheckpointAsync(kept.Max(entry => entry.Answer!.Position));

            var position = await restored.RestoreAsync(moment);
            (await ledger.TroubleAsync()).ShouldContain("was set back to an older state");
            await restored.GoOnAsync();
            await AgainAsync(position);
            (await ledger.VerifyAsync(before)).ShouldBe(Verifier.Verification.Proven, "what was sealed before the moment is all there");
            (await ledger.VerifyAsync(after)).ShouldBe(Verifier.Verification.Altered, "what was sealed after it and lost is told for ever");
            report.RoundEnded();

            async Task MoreAsync()
            {
                for (var i = 0; i < Commands; i++) kept.Add(await SendAsync(sent.Intend(Under_faults.HttpAccount, commands.Next()), http));
            }

            // All of it, in its order: what is known is answered as it was, what was lost takes effect now.
            async Task AgainAsync(long position)
            {
                var lost = 0;
                foreach (var entry in kept)
                {
                    var (former, again) = (entry.Answer!, await http.SendAsync(entry, TestContext.Current.CancellationToken));
                    (again.Status, again.Events.Count).ShouldBe((former.Status, former.Events.Count), $"{entry.Id}");
                    if (former.Events.Count == 0) continue;
                    again.Replayed.ShouldBe(former.Position <= position, $"{entry.Id} at {former.Position}, restored up to {position}");
                    if (!again.Replayed) lost++;
                }

                lost.ShouldBeGreaterThan(0);
                var effects = await restored.EffectsAsync();
                foreach (var entry in kept) effects.GetValueOrDefault(entry.Id).ShouldBe(entry.Answer!.Events.Count, $"{entry.Id}");
            }
        }
    }

    private static async Task<OutsideLedger.Entry> SendAsync(OutsideLedger.Entry entry, HttpSender http)
    {
        await Load.DeliverAsync(entry, http, TestContext.Current.CancellationToken);
        return entry;
    }
}
