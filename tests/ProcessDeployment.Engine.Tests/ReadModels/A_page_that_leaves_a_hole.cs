using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Tests.ReadModels;

public sealed class A_page_that_leaves_a_hole(EngineFixture engine)
{
    [Fact]
    public async Task is_not_kept_when_it_does_not_begin_where_the_last_one_ended()
    {
        var account = (await engine.NewAccountAsync()).Name;
        var events = RandomHistory.Of(7, 30).Select(e => e.In(account)).ToList();
        await engine.ProjectPageAsync([.. events.Take(10)]);
        var before = await engine.DumpAsync(account);

        await Should.ThrowAsync<Exception>(() => engine.ProjectPageAsync([.. events.Skip(11)]));

        (await engine.DumpAsync(account)).ShouldBe(before);
    }

    [Fact]
    public async Task is_refused_when_the_hole_is_within()
    {
        var account = (await engine.NewAccountAsync()).Name;
        var events = RandomHistory.Of(7, 30).Select(e => e.In(account));

        await Should.ThrowAsync<ReadModelException>(() => engine.ProjectPageAsync([.. events.Where(e => e.Position != 5)]));
    }

    [Fact]
    public async Task is_not_kept_when_it_comes_again()
    {
        var account = (await engine.NewAccountAsync()).Name;
        var page = RandomHistory.Of(8, 30).Select(e => e.In(account)).ToList();
        await engine.ProjectPageAsync(page);
        var before = await engine.DumpAsync(account);

        await Should.ThrowAsync<Exception>(() => engine.ProjectPageAsync(page));

        (await engine.DumpAsync(account)).ShouldBe(before);
    }
}
