using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;
using static ProcessDeployment.Engine.Tests.Agents.AgentRuns;

namespace ProcessDeployment.Engine.Tests.Agents;

public sealed class Running_executions(EngineFixture engine)
{
    [Fact, Covers("R39", "R49")]
    public async Task gives_the_command_the_bundle_and_the_values_of_which_extensions_win()
    {
        var shop = await DeployedAsync(engine);
        await shop.DoAsync(
            shop.SaveOrders() with { Extensions = [new("url", "Address", Secret: false), new("pass-word", "Password", Secret: true)] },
            Shop.Deploy(shop.Orders),
            new SetExtensions { ProcessId = shop.Orders, AtomId = shop.Production, Values = [new("url", "http://shop"), new("pass-word", "s3cret")], Partial = true });
        await using var agent = await StartAsync(engine, shop, """
            echo "$PROCESSDEPLOYMENT_RUN_NAME $PROCESSDEPLOYMENT_RUN_VERSION $PROCESSDEPLOYMENT_RUN_KIND $PROCESSDEPLOYMENT_VALUE_DAY $PROCESSDEPLOYMENT_VALUE_URL $PROCESSDEPLOYMENT_VALUE_PASS_WORD"
            cat "$PROCESSDEPLOYMENT_RUN_VALUES"; ls "$PROCESSDEPLOYMENT_RUN_BUNDLE" >&2; env | grep -c PROCESSDEPLOYMENT_ATOM; exit 0
            """);

        var run = await ExecuteAsync(shop, new("day", "monday"), new("url", "http://elsewhere"));

        var ended = await EndedAsync(shop, run);
        (ended.Text("status"), ended.Text("message"), ended.Number("versionNumber")).ShouldBe(("COMPLETE", "Exit code 0.", 2));
        var said = ended.Text("logTail")!;
        said.ShouldContain("Orders 2 manual monday http://shop s3cret\n");
        said.ShouldContain("""{"day":"monday","pass-word":"s3cret","url":"http://shop"}""");
        said.ShouldContain("content\nmanifest.json\n");
        said.ShouldContain("0\n", customMessage: "nothing of how the agent gets in");
        Directory.Exists(Path.Combine(agent.Folder, "runs", run.ToString())).ShouldBeFalse("the values are gone with the run");
    }

    /// <summary>A shell cannot name one of them without the other.</summary>
    [Fact, Covers("R39")]
    public async Task gives_the_command_an_extension_where_a_property_has_the_same_name_in_the_environment()
    {
        var shop = await DeployedAsync(engine);
        await shop.DoAsync(
            shop.SaveOrders() with { Extensions = [new("pass-word", "Password", Secret: false)] },
            Shop.Deploy(shop.Orders),
            new SetExtensions { ProcessId = shop.Orders, AtomId = shop.Production, Values = [new("pass-word", "set")], Partial = true });
        await using var agent = await StartAsync(engine, shop, """echo "$PROCESSDEPLOYMENT_VALUE_PASS_WORD" """);

        var run = await ExecuteAsync(shop, new ExecutionProperty("pass_word", "given"));

        (await EndedAsync(shop, run)).Text("logTail").ShouldBe("set\n");
    }

    [Fact]
    public async Task tells_how_it_failed()
    {
        var shop = await DeployedAsync(engine);
        await using var agent = await StartAsync(engine, shop, "echo no such table; exit 3");

        var ended = await EndedAsync(shop, await ExecuteAsync(shop));

        (ended.Text("status"), ended.Text("message"), ended.Text("logTail")).ShouldBe(("ERROR", "Exit code 3.", "no such table\n"));
        (await shop.Account.AskAsync($"/audit?actor=atom:{shop.Production}&type=execution-completed")).Items().ShouldHaveSingleItem();
    }

    [Fact, Covers("R41")]
    public async Task ends_what_somebody_cancels_and_all_it_started()
    {
        var shop = await DeployedAsync(engine);
        await using var agent = await StartAsync(engine, shop, Waiting);
        var run = await ExecuteAsync(shop);
        var pids = await FiredAsync(agent, 1);

        await shop.DoAsync(new CancelExecution { ExecutionId = run });

        var ended = await EndedAsync(shop, run);
        (ended.Text("status"), ended.Text("message"), ended.Text("logTail")).ShouldBe(("ABORTED", "Cancelled by kim@example.com.", "begun\n"));
        Alive(pids).ShouldBeFalse();
    }

    [Fact, Covers("R41")]
    public async Task ends_what_another_agent_of_the_atom_told_to_be_cancelled()
    {
        var shop = await DeployedAsync(engine);
        await using var between = await Between.StartAsync(engine);
        await using var agent = await StartAsync(engine, shop, Waiting, between.Url);
        var run = await ExecuteAsync(shop);
        var pids = await FiredAsync(agent, 1);
        between.Down = true;
        await using var other = await StartAsync(engine, shop, Waiting);
        await shop.DoAsync(new CancelExecution { ExecutionId = run });
        (await EndedAsync(shop, run)).Text("message").ShouldBe("Cancelled by kim@example.com.");
        Alive(pids).ShouldBeTrue("its agent does not know yet");

        between.Down = false;

        await Eventually.BecomesAsync(() => Task.FromResult(Alive(pids)), alive => !alive);
        await agent.SaysAsync("is over for the engine and does not run on");
    }

    [Fact, Covers("R41")]
    public async Task is_ended_by_an_agent_that_runs_nothing_when_somebody_cancels_it()
    {
        var shop = await DeployedAsync(engine);
        await using var agent = await AgentProcess.StartAsync(engine, shop, shop.Production);
        await OnlineAsync(shop);
        var run = await ExecuteAsync(shop);

        await shop.DoAsync(new CancelExecution { ExecutionId = run });

        var ended = await EndedAsync(shop, run);
        (ended.Text("status"), ended.Text("message")).ShouldBe(("ABORTED", "Cancelled by kim@example.com."));
    }

    [Fact, Covers("R41")]
    public async Task does_not_begin_what_was_cancelled_or_is_not_deployed_there_any_more()
    {
        var shop = await DeployedAsync(engine);
        await shop.DoAsync(new ReportAtomStatus { AtomId = shop.Production, Status = AtomStatus.Online }, Shop.Attach(shop.Invoice, shop.Production), Shop.Deploy(shop.Invoice));
        var cancelled = await ExecuteAsync(shop);
        await shop.DoAsync(new ExecuteProcess { ProcessId = shop.Invoice, AtomId = shop.Production }, new CancelExecution { ExecutionId = cancelled }, new DetachAtoms { ProcessId = shop.Invoice, AtomIds = [shop.Production] });
        var detached = (await shop.AskAsync($"/executions?process={shop.Invoice}")).Items().ShouldHaveSingleItem().Id("executionId");

        await using var agent = await StartAsync(engine, shop, Waiting);

        (await EndedAsync(shop, cancelled)).Text("message").ShouldBe("Cancelled by kim@example.com.");
        (await EndedAsync(shop, detached)).Text("message").ShouldBe("It is not deployed on this Atom any more.");
        Fired(agent).ShouldBeEmpty();
    }

    [Fact, Covers("R39")]
    public async Task that_was_cut_off_by_a_kill_of_the_agent_is_over_and_not_run_again()
    {
        var shop = await DeployedAsync(engine);
        await using var agent = await StartAsync(engine, shop, Waiting);
        var run = await ExecuteAsync(shop);
        var pids = await FiredAsync(agent, 1);

        await agent.KillAsync();
        agent.Start($"--Run={Waiting}");

        var ended = await EndedAsync(shop, run);
        (ended.Text("status"), ended.Text("message")).ShouldBe(("ABORTED", "The agent stopped while it ran."));
        Alive(pids).ShouldBeFalse("what it left behind");
        await ExecuteAsync(shop);
        await FiredAsync(agent, 2);
    }

    [Fact]
    public async Task is_cut_off_when_the_agent_is_stopped()
    {
        var shop = await DeployedAsync(engine);
        await using var agent = await StartAsync(engine, shop, Waiting);
        var run = await ExecuteAsync(shop);
        var pids = await FiredAsync(agent, 1);

        await agent.StopAsync();

        (await EndedAsync(shop, run)).Text("message").ShouldBe("The agent was stopped while it ran.");
        Alive(pids).ShouldBeFalse();
    }

    /// <summary>Each has a folder of its own, and both hear of each run.</summary>
    [Fact]
    public async Task by_two_agents_of_one_atom_begins_once()
    {
        var shop = await DeployedAsync(engine);
        await using var one = await StartAsync(engine, shop, Brief);
        await using var other = await StartAsync(engine, shop, Brief);
        for (var number = 0; number < 10; number++) await shop.DoAsync(new ExecuteProcess { ProcessId = shop.Orders, AtomId = shop.Production });

        await Eventually.BecomesAsync(() => shop.Account.AskAsync($"/executions?atom={shop.Production}&status=complete"), runs => runs.Items().Count == 10);

        (Fired(one).Length + Fired(other).Length).ShouldBe(10);
    }

    [Fact, Covers("R42")]
    public async Task that_ended_while_the_engine_was_away_is_told_later()
    {
        var shop = await DeployedAsync(engine);
        await using var between = await Between.StartAsync(engine);
        await using var agent = await StartAsync(engine, shop, """echo $$ >> ../../fired; while [ ! -f ../../go ]; do sleep 0.02; done; echo done""", between.Url);
        var run = await ExecuteAsync(shop);
        await FiredAsync(agent, 1);
        between.Down = true;
        await File.WriteAllTextAsync(Path.Combine(agent.Folder, "go"), "", TestContext.Current.CancellationToken);
        await agent.SaysAsync("is told later");

        between.Down = false;

        (await EndedAsync(shop, run)).Text("logTail").ShouldBe("done\n");
    }

    [Fact]
    public async Task more_than_may_run_at_once_wait_for_one_another()
    {
        var shop = await DeployedAsync(engine);
        await using var agent = await StartAsync(engine, shop, """mkdir ../../alone && sleep 0.05 && rmdir ../../alone""", more: "--RunsAtOnce=1");
        for (var number = 0; number < 5; number++) await shop.DoAsync(new ExecuteProcess { ProcessId = shop.Orders, AtomId = shop.Production });

        await Eventually.BecomesAsync(() => shop.Account.AskAsync($"/executions?atom={shop.Production}&status=complete"), runs => runs.Items().Count == 5);
    }
}
