using System.Net;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Agents;

public sealed class Asking_for_executions(EngineFixture engine)
{
    [Fact, Covers("R38", "R39")]
    public async Task tells_an_atom_what_it_has_to_run_until_it_has_ended_it()
    {
        var (shop, atom) = await RunningAsync();
        var (first, second) = (await ExecuteAsync(shop, new ExecutionProperty("day", "monday")), await ExecuteAsync(shop));
        await ReportsAsync(atom, shop, second, ExecutionStatus.Started);

        var asked = (await OfAsync(atom, shop, "?status=requested")).ShouldHaveSingleItem();
        (asked.Id("executionId"), asked.Id("processId"), asked.Text("processName"), asked.Text("kind"), asked.Text("status"), asked.Number("versionNumber"))
            .ShouldBe((first, shop.Orders, "Orders", "manual", "REQUESTED", 1));
        asked.Items("properties").Select(property => (property.Text("key"), property.Text("value"))).ShouldBe([("day", "monday")]);
        (await OfAsync(atom, shop)).Select(run => run.Id("executionId")).ShouldBe([first, second], "the oldest first");

        await ReportsAsync(atom, shop, second, ExecutionStatus.Complete);
        (await OfAsync(atom, shop)).ShouldHaveSingleItem().Id("executionId").ShouldBe(first);
    }

    [Fact, Covers("R41")]
    public async Task tells_who_wants_a_run_to_end()
    {
        var (shop, atom) = await RunningAsync();
        var run = await ExecuteAsync(shop);
        await shop.DoAsync(new CancelExecution { ExecutionId = run });

        (await OfAsync(atom, shop)).ShouldHaveSingleItem().Text("cancelRequestedBy").ShouldBe("kim@example.com");
    }

    [Fact]
    public async Task goes_on_page_by_page()
    {
        var (shop, atom) = await RunningAsync();
        var (first, second, third) = (await ExecuteAsync(shop), await ExecuteAsync(shop), await ExecuteAsync(shop));

        var page = (await atom.AskAsync($"/atoms/{shop.Production}/executions?take=2&atLeast={shop.Position}")).Body;
        var rest = (await atom.AskAsync($"/atoms/{shop.Production}/executions?take=2&cursor={page.Text("next")}")).Body;

        page.Items().Concat(rest.Items()).Select(run => run.Id("executionId")).ShouldBe([first, second, third]);
        (await shop.Account.ProblemOfAsync($"/atoms/{shop.Production}/executions?status=complete")).Rule.ShouldBe("must be one of REQUESTED, STARTED");
        (await shop.Account.TryAskAsync($"/atoms/{Guid.CreateVersion7()}/executions")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>What Atoms say themselves is nothing to tell them.</summary>
    [Fact, Covers("R39")]
    public async Task is_worth_it_at_once_when_a_run_is_asked_for_or_is_to_end()
    {
        var (shop, atom) = await RunningAsync();
        await shop.AskAsync("/processes");
        using var stream = await AtomStream.OpenAsync(atom.Http, shop.Production);
        (await stream.NextAsync()).ShouldBe(shop.Position);

        await shop.DoAsync(new ExecuteProcess { ProcessId = shop.Orders, AtomId = shop.Production });
        (await stream.NextAsync()).ShouldBe(shop.Position);
        var run = (await OfAsync(atom, shop)).ShouldHaveSingleItem().Id("executionId");
        await ReportsAsync(atom, shop, run, ExecutionStatus.Started);
        await shop.AskAsync("/processes");
        await shop.DoAsync(new CancelExecution { ExecutionId = run });
        (await stream.NextAsync()).ShouldBe(shop.Position, "not for its own report");
    }

    [Fact]
    public async Task reports_no_execution_of_another_atom()
    {
        var (shop, _) = await RunningAsync();
        var run = await ExecuteAsync(shop);
        var (other, _, _) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Backup);

        (await other.SendAsync(new ReportExecution { AtomId = shop.Production, ExecutionId = run, Status = ExecutionStatus.Complete })).Status.ShouldBe(HttpStatusCode.Forbidden);
        var (status, body) = await other.SendAsync(new ReportExecution { AtomId = shop.Backup, ExecutionId = run, Status = ExecutionStatus.Complete });
        (status, body.GetProperty("refusal").Text("code")).ShouldBe((HttpStatusCode.Conflict, RefusalCodes.UnknownExecution));
        (await shop.AskAsync($"/executions/{run}")).Text("status").ShouldBe("REQUESTED");
    }

    [Fact, Covers("R39", "#67")]
    public async Task gives_the_values_of_extensions_to_the_atom_that_runs_it_and_to_nobody_else()
    {
        var (shop, atom) = await RunningAsync();
        await shop.DoAsync(
            shop.SaveOrders() with { Extensions = [new("url", "Address", Secret: false), new("password", "Password", Secret: true), new("size", "Size", Secret: false)] },
            Shop.Deploy(shop.Orders),
            new SetExtensions { ProcessId = shop.Orders, AtomId = shop.Production, Values = [new("url", "http://shop"), new("password", "s3cret"), new("size", UseDefault: true)], Partial = true });
        var run = await ExecuteAsync(shop);
        var path = $"/atoms/{shop.Production}/executions/{run}/extensions";

        var (status, body, _) = await atom.AskAsync(path);
        status.ShouldBe(HttpStatusCode.OK);
        body.Items().Select(item => (item.Text("key"), item.TryGetProperty("value", out _) ? item.Text("value") : null)).ShouldBe([("url", "http://shop"), ("password", "s3cret"), ("size", null)]);

        (await shop.Account.TryAskAsync(path)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var (other, _, _) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Backup);
        (await other.AskAsync(path)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await other.AskAsync($"/atoms/{shop.Backup}/executions/{run}/extensions")).Status.ShouldBe(HttpStatusCode.NotFound);
        await ReportsAsync(atom, shop, run, ExecutionStatus.Complete);
        await shop.AskAsync("/processes");
        (await atom.AskAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound, "it has ended");
    }

    /// <summary>It has not ended what it was asked to run, and the Process is not its business any more.</summary>
    [Fact, Covers("#67")]
    public async Task gives_no_values_to_an_atom_from_which_the_process_was_detached()
    {
        var (shop, atom) = await RunningAsync();
        var run = await ExecuteAsync(shop);
        await ReportsAsync(atom, shop, run, ExecutionStatus.Started);
        await shop.AskAsync("/processes");
        var path = $"/atoms/{shop.Production}/executions/{run}/extensions";
        (await atom.AskAsync(path)).Status.ShouldBe(HttpStatusCode.OK);

        await shop.DoAsync(new DetachAtoms { ProcessId = shop.Orders, AtomIds = [shop.Production] });
        (await atom.AskAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound);

        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production));
        (await atom.AskAsync(path)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<(Shop Shop, AtomOutside Atom)> RunningAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        var (atom, _, _) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Production);
        await shop.DoAsync(new ReportAtomStatus { AtomId = shop.Production, Status = AtomStatus.Online }, Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders));
        return (shop, atom);
    }

    private static async Task<Guid> ExecuteAsync(Shop shop, params ExecutionProperty[] properties)
    {
        await shop.DoAsync(new ExecuteProcess { ProcessId = shop.Orders, AtomId = shop.Production, Properties = properties });
        return (await shop.AskAsync("/executions?take=1")).Items()[0].Id("executionId");
    }

    private static async Task ReportsAsync(AtomOutside atom, Shop shop, Guid run, ExecutionStatus status)
    {
        var (_, body) = await atom.SendAsync(new ReportExecution { AtomId = shop.Production, ExecutionId = run, Status = status });
        body.Text("status").ShouldBe("accepted");
        shop.Position = body.GetProperty("position").GetInt64();
    }

    private static async Task<IReadOnlyList<System.Text.Json.JsonElement>> OfAsync(AtomOutside atom, Shop shop, string query = "?")
    {
        var (status, body, _) = await atom.AskAsync($"/atoms/{shop.Production}/executions{query}&atLeast={shop.Position}");
        status.ShouldBe(HttpStatusCode.OK);
        return body.Items();
    }
}
