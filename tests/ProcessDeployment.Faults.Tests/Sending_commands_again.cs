using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row M1: commands come again, up to five times, over any channel and in envelopes of their own; also those of rounds long ago.</summary>
public sealed class Sending_commands_again(Rig rig) : Under_faults(rig)
{
    private const int OfEachAccount = 60;

    [Fact]
    public Task gives_the_first_answer_and_has_no_second_effect() => RoundsAsync(
        "M1", "repeats in new envelopes over all channels",
        (random, report) => SurvivesAsync(random, report, async load =>
        {
            await using var http = new HttpSender(Engine.Url);
            await using var sql = new SqlSender(Database.ConnectionString);
            await using var amqp = Broker is null ? null : new AmqpSender(Broker.Address);
            ISender[] onTheBus = amqp is null ? [sql] : [sql, amqp];
            var repeats = new List<Task>();
            foreach (var account in Ledger.Accounts)
            {
                ISender[] senders = account.Id == HttpAccount ? [http, .. onTheBus] : onTheBus;
                var judged = account.Entries.Where(entry => entry.Answer is not null).ToArray();
                foreach (var entry in random.GetItems(judged, OfEachAccount)) repeats.Add(RepeatAsync(entry, random.GetItems(senders, random.Next(1, 6)), new(random.Next())));
            }

            await Task.WhenAll(repeats);
        }));

    private static async Task RepeatAsync(OutsideLedger.Entry first, ISender[] senders, Random random)
    {
        foreach (var sender in senders)
        {
            var again = first.InNewEnvelope(random, Environment.UserName);
            await Load.DeliverAsync(again, sender, TestContext.Current.CancellationToken);
            var answer = again.Answer!;
            // By SQL the stored outcome is read, which is the first.
            if (sender is not SqlSender) answer.Replayed.ShouldBeTrue($"{first.Id} came again");
            first.Answered(answer);
            answer.Events.ShouldBe(first.Answer!.Events);
        }
    }
}
