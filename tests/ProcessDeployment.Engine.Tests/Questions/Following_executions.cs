using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Rebuild;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Following_executions(EngineFixture engine)
{
    [Fact, Covers("R38", "R39")]
    public async Task an_atom_finds_what_it_was_asked_for_until_it_has_ended_it()
    {
        var shop = await RunningAsync();
        var run = await ExecuteAsync(shop, new ExecutionProperty("day", "monday"));

        var asked = (await RequestedAsync(shop)).ShouldHaveSingleItem();
        (asked.Id("executionId"), asked.Id("processId"), asked.Text("processName"), asked.Text("atomName"), asked.Text("kind"), asked.Text("status"), asked.Number("versionNumber"), asked.Text("requestedBy"))
            .ShouldBe((run, shop.Orders, "Orders", "Production", "manual", "REQUESTED", 1, "kim@example.com"));
        asked.Items("properties").Select(property => (property.Text("key"), property.Text("value"))).ShouldBe([("day", "monday")]);

        await shop.DoAsync(Report(shop, run, ExecutionStatus.Started));
        (await RequestedAsync(shop)).ShouldBeEmpty();
        (await shop.AskAsync($"/executions?atom={shop.Production}&status=started")).Items().ShouldHaveSingleItem();

        await shop.DoAsync(Report(shop, run, ExecutionStatus.Error) with { Message = "no such table", LogTail = "…\nno such table" });
        var ended = await shop.AskAsync($"/executions/{run}");
        (ended.Text("status"), ended.Text("message"), ended.Text("logTail")).ShouldBe(("ERROR", "no such table", "…\nno such table"));
    }

    [Fact, Covers("R17", "#33")]
    public async Task a_run_tells_the_version_it_ran_at_every_moment()
    {
        var shop = await RunningAsync();
        var run = await ExecuteAsync(shop);
        var before = shop.Position;
        await shop.DoAsync(Shop.Deploy(shop.Orders), Report(shop, run, ExecutionStatus.Started) with { VersionNumber = 2 }, Shop.Deploy(shop.Orders), Report(shop, run, ExecutionStatus.Complete));

        var (then, now) = (await shop.Account.AskAsync($"/executions/{run}?asOf={before}", before), await shop.AskAsync($"/executions/{run}"));

        (then.Text("status"), then.Number("versionNumber"), then.TryGetProperty("startedAt", out _)).ShouldBe(("REQUESTED", 1, false));
        (now.Text("status"), now.Number("versionNumber")).ShouldBe(("COMPLETE", 2));
        (await shop.Account.AskAsync($"/executions?status=requested&asOf={before}", before)).Items().ShouldHaveSingleItem().Id("executionId").ShouldBe(run);
        (await shop.Account.AskAsync($"/executions?asOf={before - 1}", before - 1)).Items().ShouldBeEmpty();
    }

    [Fact, Covers("R27")]
    public async Task a_run_lists_what_it_called()
    {
        var shop = await RunningAsync();
        var (run, child) = (await ExecuteAsync(shop), Guid.CreateVersion7());
        await shop.DoAsync(Report(shop, child, ExecutionStatus.Complete) with { ParentExecutionId = run, ProcessId = shop.Invoice });

        var called = (await shop.AskAsync($"/executions/{run}")).Items("called").ShouldHaveSingleItem();

        (called.Id("executionId"), called.Id("processId"), called.Text("kind"), called.Text("status"), called.Id("parentExecutionId"), called.Id("topLevelExecutionId"))
            .ShouldBe((child, shop.Invoice, "subProcess", "COMPLETE", run, run));
    }

    [Fact, Covers("R41")]
    public async Task a_cancelled_run_says_who_wants_it_to_end()
    {
        var shop = await RunningAsync();
        var run = await ExecuteAsync(shop);
        await shop.DoAsync(new CancelExecution { ExecutionId = run });

        var item = (await shop.AskAsync($"/executions?process={shop.Orders}")).Items().ShouldHaveSingleItem();

        (item.Text("status"), item.Text("cancelRequestedBy")).ShouldBe(("REQUESTED", "kim@example.com"));
    }

    [Fact, Covers("R25", "#61", "#13")]
    public async Task a_child_that_is_only_bundled_is_refused_with_its_parents()
    {
        var shop = await RunningAsync();

        var outcome = await shop.Account.SendAsync(new ExecuteProcess { ProcessId = shop.Invoice, AtomId = shop.Production });

        outcome.Refusal!.Code.ShouldBe(RefusalCodes.BundledOnly);
        outcome.Refusal.Details!.Value.GetProperty("parents").EnumerateArray().Select(parent => parent.GetGuid()).ShouldBe([shop.Orders]);
        (await shop.Account.SendAsync(new ExecuteProcess { ProcessId = shop.Invoice, AtomId = shop.Backup })).Refusal!.Code.ShouldBe(RefusalCodes.NotDeployed);
    }

    /// <summary>The id of the command is that of the execution, so that whoever did not hear the answer asks with what it knows.</summary>
    [Fact]
    public async Task a_repeated_request_is_the_same_run()
    {
        var shop = await RunningAsync();
        var id = Guid.CreateVersion7();
        var command = new ExecuteProcess { ProcessId = shop.Orders, AtomId = shop.Production };

        await shop.Account.SendAsync(command, id);
        (await shop.Account.SendAsync(command, id)).Replayed.ShouldBeTrue();

        (await shop.Account.AskAsync("/executions", shop.Position + 1)).Items().ShouldHaveSingleItem().Id("executionId").ShouldBe(id);
    }

    [Fact, Covers("R40", "#63")]
    public async Task a_run_beside_another_that_may_have_none_is_discarded_and_says_why()
    {
        var shop = await RunningAsync();
        await shop.DoAsync(shop.SaveOrdersOneAtATime(), Shop.Deploy(shop.Orders));
        var first = await ExecuteAsync(shop);
        await shop.DoAsync(Report(shop, first, ExecutionStatus.Started));

        var outcome = await shop.Account.SendAsync(new ExecuteProcess { ProcessId = shop.Orders, AtomId = shop.Production });

        (outcome.Status, outcome.Warnings.ShouldHaveSingleItem().Code).ShouldBe((OutcomeStatus.Accepted, "RunDiscarded"));
        var discarded = (await shop.Account.AskAsync("/executions?status=discarded", outcome.Position)).Items().ShouldHaveSingleItem();
        discarded.Text("message").ShouldBe($"Orders allows no simultaneous runs, and execution {first} is under way on Production.");
        (discarded.Text("requestedBy"), discarded.TryGetProperty("startedAt", out _), discarded.TryGetProperty("endedAt", out _)).ShouldBe(("kim@example.com", false, true));
        (await shop.Account.AskAsync($"/audit?process={shop.Orders}&take=1", outcome.Position)).Items()[0].Text("summary")!.ShouldStartWith("execution on Production ended as DISCARDED: Orders allows no");

        await shop.DoAsync(Report(shop, first, ExecutionStatus.Complete));
        (await shop.Account.SendAsync(new ExecuteProcess { ProcessId = shop.Orders, AtomId = shop.Production })).Warnings.ShouldBeEmpty();
        (await engine.ProveAsync(shop.Account)).Lines().ShouldBeEmpty();
    }

    [Fact]
    public async Task lists_go_on_page_by_page_newest_first()
    {
        var shop = await RunningAsync();
        var (first, second, third) = (await ExecuteAsync(shop), await ExecuteAsync(shop), await ExecuteAsync(shop));

        var page = await shop.AskAsync("/executions?take=2");
        var rest = await shop.AskAsync($"/executions?take=2&cursor={page.Text("next")}");

        page.Items().Concat(rest.Items()).Select(item => item.Id("executionId")).ShouldBe([third, second, first]);
        (await shop.Account.ProblemOfAsync("/executions?status=running")).Rule.ShouldStartWith("must be one of REQUESTED, STARTED, COMPLETE");
    }

    [Fact, Covers("#14")]
    public async Task runs_stay_readable_after_their_atom_was_deleted_and_every_table_is_as_the_events_say()
    {
        var shop = await RunningAsync();
        var (run, child) = (await ExecuteAsync(shop), Guid.CreateVersion7());
        await shop.DoAsync(
            Report(shop, run, ExecutionStatus.Started),
            Report(shop, child, ExecutionStatus.Started) with { ParentExecutionId = run, ProcessId = shop.Invoice },
            new CancelExecution { ExecutionId = run },
            Report(shop, child, ExecutionStatus.Complete),
            Report(shop, run, ExecutionStatus.Aborted) with { Message = "asked to" },
            new DeleteAtom { AtomId = shop.Production, Force = true });

        var item = await shop.AskAsync($"/executions/{run}");

        (item.Text("status"), item.Text("atomName")).ShouldBe(("ABORTED", "Production"));
        var trail = (await shop.AskAsync($"/audit?process={shop.Orders}&take=5")).Items();
        trail.Select(entry => entry.Text("summary")).ShouldContain("execution on Production ended as ABORTED: asked to");
        (await engine.ProveAsync(shop.Account)).Lines().ShouldBeEmpty();
    }

    private async Task<Shop> RunningAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(new ReportAtomStatus { AtomId = shop.Production, Status = AtomStatus.Online }, Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders));
        return shop;
    }

    private static async Task<Guid> ExecuteAsync(Shop shop, params ExecutionProperty[] properties)
    {
        await shop.DoAsync(new ExecuteProcess { ProcessId = shop.Orders, AtomId = shop.Production, Properties = properties });
        return (await shop.AskAsync("/executions?take=1")).Items()[0].Id("executionId");
    }

    private static ReportExecution Report(Shop shop, Guid executionId, ExecutionStatus status) => new() { AtomId = shop.Production, ExecutionId = executionId, Status = status };

    private static async Task<IReadOnlyList<JsonElement>> RequestedAsync(Shop shop) => (await shop.AskAsync($"/executions?atom={shop.Production}&status=REQUESTED")).Items();
}
