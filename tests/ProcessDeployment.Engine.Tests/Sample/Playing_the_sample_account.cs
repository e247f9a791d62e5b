using ProcessDeployment.Engine.Sample;

namespace ProcessDeployment.Engine.Tests.Sample;

public sealed class Playing_the_sample_account(EngineFixture engine)
{
    [Fact]
    public async Task gives_an_account_the_history_it_had_and_a_second_play_adds_nothing()
    {
        var account = await engine.NewAccountAsync();
        var player = new SamplePlayer(engine.Pipeline, TimeProvider.System);

        var played = await player.PlayAsync(account.Name, TestContext.Current.CancellationToken);
        await player.PlayAsync(account.Name, TestContext.Current.CancellationToken);

        played.ShouldBeGreaterThan(600);
        (await account.ScalarAsync<long>("select count(*) from events.mt_events where tenant_id = $1")).ShouldBe(SampleStory.Tell().Company.Position);
        (await account.ScalarAsync<double>("select extract(epoch from now() - min(timestamp))::float8 / 86400 from events.mt_events where tenant_id = $1")).ShouldBeGreaterThan(170);
        (await account.ScalarAsync<double>("select extract(epoch from now() - max(timestamp))::float8 / 86400 from events.mt_events where tenant_id = $1")).ShouldBeInRange(0, 7.1);
    }
}
