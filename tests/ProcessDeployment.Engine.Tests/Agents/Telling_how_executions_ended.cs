using System.Text.Json;
using ProcessDeployment.Contracts;
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

    /// <summary>As a proxy does while the engine behind it moves.</summary>
    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task goes_on_until_the_engine_answers_and_not_somebody_in_between(int status)
    {
        var shop = await DeployedAsync(engine);
        await using var between = await Between.StartAsync(engine);
        between.Denies = body => body.Contains("COMPLETE", StringComparison.Ordinal) ? status : null;
        await using var agent = await StartAsync(engine, shop, "echo done", between.Url);
        var run = await ExecuteAsync(shop);
        await Eventually.BecomesAsync(() => Task.FromResult(between.Denied.Count), denied => denied > 1);

        between.Denies = null;

        (await EndedAsync(shop, run)).Text("logTail").ShouldBe("done\n");
    }

    /// <summary>What the agent wrote down as told while the engine never heard of it.</summary>
    [Fact, Covers("R41")]
    public async Task is_done_again_for_what_somebody_cancels_that_ended_before()
    {
        var shop = await DeployedAsync(engine);
        await shop.DoAsync(new ReportAtomStatus { AtomId = shop.Production, Status = AtomStatus.Online });
        var run = await ExecuteAsync(shop);
        await shop.DoAsync(new ReportExecution { AtomId = shop.Production, ExecutionId = run, Status = ExecutionStatus.Started }, new CancelExecution { ExecutionId = run });
        await using var agent = await AgentProcess.PrepareAsync(engine, shop, shop.Production);
        var told = new { executionId = run, processId = shop.Orders, name = "Orders", step = "Told", claimId = Guid.CreateVersion7(), endId = Guid.CreateVersion7(), status = "COMPLETE", message = "Exit code 0." };
        var runs = Directory.CreateDirectory(Path.Combine(agent.Folder, "runs")).FullName;
        await File.WriteAllTextAsync(Path.Combine(runs, $"{run}.jsonl"), JsonSerializer.Serialize(told), TestContext.Current.CancellationToken);

        agent.Start($"--Run={Brief}");

        var ended = await EndedAsync(shop, run);
        (ended.Text("status"), ended.Text("message")).ShouldBe(("COMPLETE", "Exit code 0."));
    }
}
