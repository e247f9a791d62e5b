using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>
/// Row H2: kill -9 in each window between two steps that belong together. No line of the engine knows of them: a proxy holds what
/// PostgreSQL or RabbitMQ says, and the engine dies before it hears it. The windows of a rebuild are in <see cref="Rebuilding_under_load"/>.
/// </summary>
[Collection(Rig_of_engines.Name)]
public sealed class Killing_the_engine_at_the_worst_moments(Rig rig) : Under_faults(rig)
{
    [Theory]
    [InlineData("process-deployment pipeline", "with a batch written and not committed", nameof(Said.Inserted))]
    [InlineData("process-deployment pipeline", "after the commit and before the answer", nameof(Said.Committed))]
    [InlineData("process-deployment sealer", "with a checkpoint written and not committed", nameof(Said.Inserted))]
    [InlineData("process-deployment sealer", "with a checkpoint sealed and not published", nameof(Said.Committed))]
    public Task of_PostgreSQL_loses_nothing_and_repeats_nothing(string client, string window, string said) =>
        DiesAsync(window, () => Rig.ToDatabase, client, said == nameof(Said.Committed) ? Said.Committed : Said.Inserted);

    [Theory]
    [InlineData("process-deployment outcomes", "with an outcome on its way to the broker", false)]
    [InlineData("process-deployment outcomes", "with an outcome at the broker and the command not acknowledged", true)]
    [InlineData("process-deployment events", "with events at the broker and their progress not stored", true)]
    public async Task of_RabbitMQ_loses_nothing_and_repeats_nothing(string client, string window, bool confirmed)
    {
        Assert.SkipWhen(Broker is null, "No rabbitmq-server in PATH or /usr/lib/rabbitmq/bin: install it to run the tests of the bus.");
        await DiesAsync(window, () => Rig.ToBroker!, client, confirmed ? Said.Confirmed : Said.PublishedTo("process-deployment.outcomes"));
    }

    private Task DiesAsync(string window, Func<Proxy> proxy, string client, Said said) => RoundsAsync(
        "H2", $"kill -9 {window}",
        (random, report) => SurvivesAsync(
            random, report,
            async () =>
            {
                using var moment = proxy().Await(client, said, times: random.Next(1, 5));
                await moment.ReachedAsync();
                await Engine.KillAsync();
            },
            Engine.StartAgainAsync),
        Rounds.Once);
}
