using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>
/// Row R3: kill -9 of RabbitMQ in the middle of what is published to it: before it has it, before it wrote it down, before its confirm
/// is heard. Without confirms this loses events.
/// </summary>
public sealed class Killing_the_broker_while_it_is_told(Rig rig) : Under_faults(rig)
{
    [Fact]
    public async Task loses_no_outcome_and_no_event()
    {
        Assert.SkipWhen(Broker is null, "No rabbitmq-server in PATH or /usr/lib/rabbitmq/bin: install it to run the tests of the bus.");
        await using var subscriber = new Subscriber(Broker.Address);
        await subscriber.SubscribeAsync();
        await Broker.ControlAsync("eval", "mnesia:sync_log().");
        var before = Ledger.Accounts.ToDictionary(account => account.Id, account => account.History.Count, StringComparer.Ordinal);
        await RoundsAsync("R3", "kill -9 of RabbitMQ during a publish", async (random, report) =>
        {
            await SurvivesAsync(
                random, report,
                async () =>
                {
                    var events = random.Next(2) == 0;
                    using (var moment = Rig.ToBroker!.Await(
                        events ? "process-deployment events" : "process-deployment outcomes",
                        random.Next(3) == 0 ? Said.Confirmed : Said.PublishedTo(events ? "process-deployment.events" : "process-deployment.outcomes"),
                        times: random.Next(1, 10)))
                    {
                        await moment.ReachedAsync();
                        if (random.Next(2) == 0) await Broker.EndAsync();
                    }

                    await Broker.EndAsync();
                },
                async () =>
                {
                    await Broker.StartAsync();
                    await subscriber.SubscribeAsync();
                });
            await Until.TrueAsync(
                () => Task.FromResult(Ledger.Accounts.All(account => account.History.Skip(before.GetValueOrDefault(account.Id)).All(row => subscriber.Heard(account.Id, row.Recorded.Position)))),
                () => "Events were never published.");
        });
    }
}
