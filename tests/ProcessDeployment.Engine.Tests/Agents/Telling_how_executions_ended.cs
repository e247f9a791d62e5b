using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;
using static ProcessDeployment.Engine.Tests.Agents.AgentRuns;

namespace ProcessDeployment.Engine.Tests.Agents;

public sealed class Telling_how_executions_ended(EngineFixture engine)
{
    /// <summary>Six bytes for each letter would be more than the engine takes.</summary>
    [Theory]
    [InlineData("漢字", "漢")]
    [InlineData("""<a href="x">&amp;</a>""", "&amp;")]
    [InlineData(@"\033[31m\033[0m", "\u001b[31m")]
    [InlineData("😀", "😀")]
    public async Task takes_what_a_command_said_in_any_letters(string words, string said)
    {
        var shop = await DeployedAsync(engine);
        await using var agent = await StartAsync(engine, shop, $"""w="$(printf '{words}')"; for i in $(seq 20000); do printf %s "$w"; done""");

        var ended = await EndedAsync(shop, await ExecuteAsync(shop));

        ended.Text("status").ShouldBe("COMPLETE", agent.Said);
        var tail = ended.Text("logTail")!;
        tail.ShouldContain(said);
        tail.Length.ShouldBeInRange(8_000, 16_384);
    }

    [Fact]
    public async Task leaves_out_what_was_said_where_that_is_too_much_for_somebody_in_between()
    {
        var shop = await DeployedAsync(engine);
        await using var between = await Between.StartAsync(engine);
        between.Denies = body => body.Length > 4_000 ? 413 : null;
        await using var agent = await StartAsync(engine, shop, "seq 10000", between.Url);

        var ended = await EndedAsync(shop, await ExecuteAsync(shop));

        (ended.Text("status"), ended.Text("logTail")!.Length).ShouldBe(("COMPLETE", 1_000), agent.Said);
        ended.Text("logTail")!.ShouldEndWith("\n10000\n");
    }

    [Fact]
    public async Task of_one_is_not_kept_from_it_by_another_that_is_not_taken()
    {
        var shop = await DeployedAsync(engine);
        await using var between = await Between.StartAsync(engine);
        await using var agent = await StartAsync(engine, shop, UntilGo, between.Url);
        var (first, second) = (await ExecuteAsync(shop), await ExecuteAsync(shop));
        await FiredAsync(agent, 2);
        between.Denies = body => body.Contains($"{first}", StringComparison.Ordinal) ? 422 : null;

        await GoAsync(agent);

        (await EndedAsync(shop, second)).Text("status").ShouldBe("COMPLETE");
        var third = await ExecuteAsync(shop);
        (await EndedAsync(shop, third)).Text("status").ShouldBe("COMPLETE", "others begin and end, too");
        between.Denies = null;
        (await EndedAsync(shop, first)).Text("status").ShouldBe("COMPLETE");
    }
}
