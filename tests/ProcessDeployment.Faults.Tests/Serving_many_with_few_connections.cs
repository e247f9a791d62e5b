using Npgsql;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row P6: five connections in each pool and two hundred callers, while everything is rebuilt.</summary>
[Collection(Rig_of_engines.Name)]
public sealed class Serving_many_with_few_connections(Rig rig) : Under_faults(rig)
{
    private const int Few = 5;

    public override async ValueTask InitializeAsync() => await Rig.RestartEngineAsync(("ConnectionStrings__Postgres", Rig.Through(database => database.MaxPoolSize = Few)));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Rig.RestartEngineAsync(("ConnectionStrings__Postgres", Rig.Through(static _ => { })));
    }

    [Fact]
    public Task answers_everybody_and_turns_nobody_away_for_good() => RoundsAsync(
        "P6", "pools of 5, 200 callers, a rebuild",
        async (random, report) =>
        {
            using var rebuilds = new Rebuilds(Engine.Url);
            var job = "";
            await SurvivesAsync(random, report, async load =>
            {
                job = await rebuilds.BeginAsync();
                await load.BeginAsync(HttpAccount, new(new(random.Next())), new HttpSender(Engine.Url), workers: 200);
                await load.AnsweredAsync(1_000, onEachChannel: 20);
                (await SessionsOfThePipelineAsync()).ShouldBeInRange(1, Few);
            });
            // Nobody is in its way any more: whether it ends beside callers is tried where everything is rebuilt under load.
            await rebuilds.EndsProvedAsync(job);
        },
        Rounds.Once);

    private async Task<long> SessionsOfThePipelineAsync()
    {
        await using var database = NpgsqlDataSource.Create(Database.ConnectionString);
        await using var ask = database.CreateCommand("select count(*) from pg_stat_activity where application_name = 'process-deployment pipeline'");
        return (long)(await ask.ExecuteScalarAsync())!;
    }
}
