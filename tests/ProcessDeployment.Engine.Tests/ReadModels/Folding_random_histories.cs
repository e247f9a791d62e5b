using ProcessDeployment.Testing;

namespace ProcessDeployment.Engine.Tests.ReadModels;

public sealed class Folding_random_histories(EngineFixture engine)
{
    private const int Length = 240;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task ends_in_the_same_tables_wherever_pages_end(int seed)
    {
        var events = RandomHistory.Of(seed, Length);
        var dumps = new List<string>();
        foreach (var pageSize in new[] { 500, 1, 7 })
        {
            var account = (await engine.NewAccountAsync()).Name;
            await engine.ProjectAsync(events.Select(e => e.In(account)), pageSize);
            dumps.Add(await engine.DumpAsync(account));
        }

        dumps[1].ShouldBe(dumps[0]);
        dumps[2].ShouldBe(dumps[0]);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task answers_what_an_independent_fold_answers(int seed)
    {
        var events = RandomHistory.Of(seed, Length);
        var account = (await engine.NewAccountAsync()).Name;

        for (var seen = 0; seen < events.Count; seen += 40)
        {
            await engine.ProjectPageAsync([.. events.Skip(seen).Take(40).Select(e => e.In(account))]);
            (await Picture.ListsAsync(engine, account)).ShouldBe(Picture.Lists(Oracle.Fold(events.Take(seen + 40))));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task keeps_what_held_at_every_position(int seed)
    {
        var events = RandomHistory.Of(seed, Length);
        var account = (await engine.NewAccountAsync()).Name;
        await engine.ProjectAsync(events.Select(e => e.In(account)), 50);

        for (var position = 3; position <= events.Count; position += 13)
            (await Picture.PastAsync(engine, account, position)).ShouldBe(Picture.Past(events.Take(position)), $"at position {position}");
    }

    [Fact]
    public async Task keeps_accounts_apart_that_share_pages_and_ids()
    {
        var (first, second, alone) = ((await engine.NewAccountAsync()).Name, (await engine.NewAccountAsync()).Name, (await engine.NewAccountAsync()).Name);
        var (one, other) = (RandomHistory.Of(101, Length), RandomHistory.Of(102, Length));
        var interleaved = one.Take(200).Zip(other.Take(200)).SelectMany(pair => new[] { pair.First.In(first), pair.Second.In(second) });

        await engine.ProjectAsync(interleaved, 33);
        await engine.ProjectAsync(other.Take(200).Select(e => e.In(alone)), 33);

        (await engine.DumpAsync(second)).ShouldBe(await engine.DumpAsync(alone));
        (await Picture.ListsAsync(engine, first)).ShouldBe(Picture.Lists(Oracle.Fold(one.Take(200))));
    }
}
