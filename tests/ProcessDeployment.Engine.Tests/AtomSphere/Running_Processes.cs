using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Running_Processes(EngineFixture engine)
{
    private const string Request = "ExecutionRequest";
    private const string Record = "ExecutionRecord";

    [Theory, InlineData(false), InlineData(true)]
    public async Task is_asked_for_at_once_and_told_when_the_Atom_began_and_ended(bool xml)
    {
        var shop = await OnlineAsync();
        var client = new PlatformClient(shop.Account, xml);

        var asked = (await client.PostAsync(Request, Body(xml, shop))).ShouldBe(HttpStatusCode.OK);

        asked.Type.ShouldBe(Request);
        asked["DynamicProcessProperties/DynamicProcessProperty/value"].ShouldBe("monday");
        var (requestId, url) = (asked["requestId"]!, asked["recordUrl"]!);
        url.ShouldBe($"{engine.Url}api/rest/v1/{shop.Account.Name}/{Record}/async/{requestId}");
        requestId.ShouldStartWith("executionrecord-");
        var id = Guid.Parse(requestId["executionrecord-".Length..]);
        (await shop.Account.AskNowAsync($"/executions/{id}")).Items("properties").Select(property => (property.Text("key"), property.Text("value"))).ShouldBe([("property/day", "monday"), ("processproperty/P-1/key1", "value1")]);
        var pending = (await client.GetAsync($"{Record}/async/{requestId}")).ShouldBe(HttpStatusCode.Accepted);
        (pending["responseStatusCode"], pending["message"]).ShouldBe(("202", "The Atom has not begun to run it yet: ask again."));

        await shop.DoAsync(Report(shop, id, ExecutionStatus.Started));
        (await client.GetAsync($"{Record}/async/{requestId}")).ShouldBe(HttpStatusCode.OK)["status"].ShouldBe("INPROCESS");
        await shop.DoAsync(Report(shop, id, ExecutionStatus.CompleteWarn) with { Message = "Nearly" });

        var ended = (await client.GetAsync($"{Record}/async/{requestId}")).ShouldBe(HttpStatusCode.OK);
        (ended.Type, ended["executionId"], ended["status"], ended["message"], ended["executionType"], ended["account"]).ShouldBe((Record, $"{id}", "COMPLETE_WARN", "Nearly", "exec_manual", shop.Account.Name));
        (ended["processId"], ended["processName"], ended["atomId"], ended["atomName"]).ShouldBe(($"{shop.Orders}", "Orders", $"{shop.Production}", "Production"));
        (ended["responseStatusCode"], ended["numberOfResults"], ended["result/status"], ended["result/executionId"]).ShouldBe(("200", "1", "COMPLETE_WARN", $"{id}"));
        long.Parse(ended["executionDuration"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(0);
        ended["recordedDate"].ShouldNotBeNull();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task is_found_by_every_filter_newest_first(bool xml)
    {
        var shop = await OnlineAsync();
        var (first, second, child) = (await ExecuteAsync(shop), await ExecuteAsync(shop), Guid.CreateVersion7());
        await shop.DoAsync(
            Report(shop, child, ExecutionStatus.Error) with { ParentExecutionId = second, ProcessId = shop.Invoice },
            Report(shop, first, ExecutionStatus.Complete) with { Message = "well done" });
        var client = new PlatformClient(shop.Account, xml);
        async Task<string[]> FindAsync(string property, string verb, params string[] arguments) =>
            [.. (await client.QueryAsync(Record, (property, verb, arguments))).ShouldBe(HttpStatusCode.OK).Results("executionId").Select(id => Guid.Parse(id!) == first ? "first" : Guid.Parse(id!) == second ? "second" : "child")];

        (await FindAsync("account", "EQUALS", shop.Account.Name)).ShouldBe(["child", "second", "first"]);
        (await FindAsync("executionId", "EQUALS", $"{second}")).ShouldBe(["second"]);
        (await FindAsync("originalExecutionId", "EQUALS", $"{second}")).ShouldBeEmpty();
        (await FindAsync("status", "EQUALS", "COMPLETE")).ShouldBe(["first"]);
        (await FindAsync("status", "EQUALS", "STARTED")).ShouldBe(["second"]);
        (await FindAsync("executionType", "EQUALS", "sub_process")).ShouldBe(["child"]);
        (await FindAsync("processName", "EQUALS", "invoice")).ShouldBe(["child"]);
        (await FindAsync("processId", "EQUALS", $"{shop.Orders}")).ShouldBe(["second", "first"]);
        (await FindAsync("atomName", "EQUALS", "Production")).ShouldBe(["child", "second", "first"]);
        (await FindAsync("atomId", "EQUALS", $"{shop.Backup}")).ShouldBeEmpty();
        (await FindAsync("message", "EQUALS", "well done")).ShouldBe(["first"]);
        (await FindAsync("executionDuration", "GREATER_THAN_OR_EQUAL", "0")).ShouldBe(["child", "first"]);
        (await FindAsync("executionTime", "BETWEEN", "2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z")).ShouldBe(["child", "second", "first"]);
        (await FindAsync("executionTime", "EQUALS", "2020-01-01T00:00:00Z")).ShouldBeEmpty();
        (await FindAsync("recordedDate", "IS_NULL")).ShouldBe(["second"]);
        (await FindAsync("recordedDate", "EQUALS", "2020-01-01T00:00:00Z")).ShouldBeEmpty();
        foreach (var property in (string[])["inboundDocumentCount", "outboundDocumentCount", "reportKey", "launcherId", "nodeId"]) (await FindAsync(property, "EQUALS", "1")).ShouldBeEmpty(property);
        var called = await client.QueryAsync(Record, ("executionId", "EQUALS", [$"{child}"]));
        (called.Results("parentExecutionId")[0], called.Results("topLevelExecutionId")[0]).ShouldBe(($"{second}", $"{second}"));
    }

    [Fact]
    public async Task goes_on_page_by_page_from_the_newest_to_the_oldest()
    {
        var shop = await OnlineAsync();
        var made = new List<string?>();
        for (var i = 0; i < 102; i++) made.Insert(0, $"{await ExecuteAsync(shop)}");
        var client = new PlatformClient(shop.Account);

        var page = await client.PostAsync($"{Record}/query", """{ "QueryFilter": {}, "QuerySort": { "sortField": [{ "fieldName": "executionTime", "sortOrder": "DESC" }] } }""");
        var rest = await client.PostAsync($"{Record}/queryMore", page["queryToken"]!);

        page.ShouldBe(HttpStatusCode.OK).Results("executionId").Concat(rest.ShouldBe(HttpStatusCode.OK).Results("executionId")).ShouldBe(made);
        rest["queryToken"].ShouldBeNull();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task finds_the_Process_by_its_name_where_there_is_one(bool xml)
    {
        var shop = await OnlineAsync();
        var client = new PlatformClient(shop.Account, xml, "/partner/api/rest/v1");
        Task<PlatformAnswer> ByNameAsync(string name) => client.PostObjectAsync(Request, Request, ("atomId", $"{shop.Production}"), ("processName", name));

        (await ByNameAsync("Orders")).ShouldBe(HttpStatusCode.OK)["recordUrl"]!.ShouldStartWith($"{engine.Url}partner/api/rest/v1/{shop.Account.Name}/{Record}/async/");
        (await ByNameAsync("Nothing")).ShouldRefuse(HttpStatusCode.BadRequest, "processName", "'Nothing'");
        await shop.DoAsync(shop.SaveOrders() with { ComponentId = Guid.CreateVersion7() });
        (await ByNameAsync("Orders")).ShouldRefuse(HttpStatusCode.BadRequest, "processName", "several", "processId");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task the_older_way_is_answered_with_a_message(bool xml)
    {
        var shop = await OnlineAsync();
        var client = new PlatformClient(shop.Account, xml);
        var body = xml
            ? $"""<ProcessExecutionRequest xmlns="http://api.platform.boomi.com/" processId="{shop.Orders}" atomId="{shop.Production}"><ProcessProperties><ProcessProperty><Name>day</Name><Value>monday</Value></ProcessProperty></ProcessProperties></ProcessExecutionRequest>"""
            : $$"""{ "ProcessProperties": { "@type": "ProcessProperties", "ProcessProperty": [{ "@type": "", "Name": "day", "Value": "monday" }] }, "processId": "{{shop.Orders}}", "atomId": "{{shop.Production}}" }""";

        (await client.PostAsync("executeProcess", body)).ShouldBe(HttpStatusCode.OK)["message"].ShouldNotBeNull().ShouldStartWith("Operation completed successfully");
        (await client.PostAsync("executeProcess", Body(xml, shop))).ShouldBe(HttpStatusCode.OK);

        var asked = await shop.Account.AskNowAsync("/executions");
        asked.Items().Select(run => run.Items("properties")[0].Text("key")).ShouldBe(["property/day", "property/day"]);
        (await client.GetAsync("executeProcess")).ShouldRefuse(HttpStatusCode.NotFound, "POST executeProcess");
        (await client.PostObjectAsync("executeProcess", Request, ("atomId", $"{shop.Production}"))).ShouldRefuse(HttpStatusCode.BadRequest, "processId");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task is_ended_on_demand(bool xml)
    {
        var shop = await OnlineAsync();
        var (client, first, second) = (new PlatformClient(shop.Account, xml), await ExecuteAsync(shop), await ExecuteAsync(shop));

        (await client.PostAsync($"cancelExecution/{first}", "")).ShouldBe(HttpStatusCode.Accepted)["message"].ShouldNotBeNull();
        (await client.GetAsync($"cancelExecution/{second}")).ShouldRefuse(HttpStatusCode.NotFound, "POST cancelExecution");
        (await client.PostAsync($"cancelExecution/execution-{second}", "")).ShouldBe(HttpStatusCode.Accepted);

        (await shop.Account.AskNowAsync("/executions")).Items().Select(run => run.Text("cancelRequestedBy")).ShouldBe(["kim@example.com", "kim@example.com"]);
        await shop.DoAsync(Report(shop, first, ExecutionStatus.Aborted));
        (await client.PostAsync($"cancelExecution/{first}", "")).ShouldRefuse(HttpStatusCode.BadRequest, RefusalCodes.ExecutionEnded);
        (await client.PostAsync($"cancelExecution/{Guid.NewGuid()}", "")).ShouldRefuse(HttpStatusCode.NotFound, RefusalCodes.UnknownExecution);
        (await client.PostAsync("cancelExecution/none", "")).ShouldRefuse(HttpStatusCode.NotFound, "'none'");
        (await client.DeleteAsync($"cancelExecution/{first}")).ShouldRefuse(HttpStatusCode.NotFound, "POST cancelExecution");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task refuses_what_is_none(bool xml)
    {
        var shop = await OnlineAsync();
        var client = new PlatformClient(shop.Account, xml);
        (string, string) process = ("processId", $"{shop.Orders}"), atom = ("atomId", $"{shop.Production}");

        (await client.PostObjectAsync(Request, Request, process)).ShouldRefuse(HttpStatusCode.BadRequest, "atomId");
        (await client.PostObjectAsync(Request, Request, atom)).ShouldRefuse(HttpStatusCode.BadRequest, "processId");
        (await client.PostObjectAsync(Request, Request, process, atom, ("colour", "red"))).ShouldRefuse(HttpStatusCode.BadRequest, "colour");
        (await client.PostObjectAsync(Request, Request, process, ("atomId", $"{shop.Backup}"))).ShouldRefuse(HttpStatusCode.BadRequest, RefusalCodes.NotDeployed);
        (await client.PostObjectAsync(Request, Request, ("processId", $"{shop.Invoice}"), atom)).ShouldRefuse(HttpStatusCode.BadRequest, RefusalCodes.BundledOnly);
        (await client.GetAsync($"{Record}/async/none")).ShouldRefuse(HttpStatusCode.NotFound, "'none'");
        (await client.GetAsync($"{Record}/async/executionrecord-{Guid.NewGuid()}")).ShouldRefuse(HttpStatusCode.NotFound, Record);
        (await client.GetAsync($"{Record}/{Guid.NewGuid()}")).ShouldRefuse(HttpStatusCode.NotFound, $"GET {Record}/async/{{id}}");
        (await client.QueryAsync(Record, ("status", "EQUALS", ["DONE"]))).ShouldRefuse(HttpStatusCode.BadRequest, "'status'", "'DONE'", "COMPLETE_WARN");
        (await client.QueryAsync(Record, ("executionTime", "EQUALS", ["yesterday"]))).ShouldRefuse(HttpStatusCode.BadRequest, "'executionTime'", "'yesterday'");
        (await client.QueryAsync(Record, ("executionDuration", "EQUALS", ["long"]))).ShouldRefuse(HttpStatusCode.BadRequest, "'executionDuration'", "'long'");
        await client.ShouldRefuseToFilterAsync(Record, "topLevelExecutionId", "executionId", "launcherId", "recordedDate");
        var sorted = xml
            ? """<QueryConfig xmlns="http://api.platform.boomi.com/"><QuerySort><sortField fieldName="status" sortOrder="ASC"/></QuerySort></QueryConfig>"""
            : """{ "QuerySort": { "sortField": [{ "fieldName": "status", "sortOrder": "ASC" }] } }""";
        (await client.PostAsync($"{Record}/query", sorted)).ShouldRefuse(HttpStatusCode.BadRequest, "QuerySort", "executionTime DESC", "'status ASC'");
        (await client.PostAsync("Atom/query", sorted)).ShouldRefuse(HttpStatusCode.BadRequest, "QuerySort");
        (await client.PostAsync($"{Record}/query", sorted.Replace("status", "executionTime", StringComparison.Ordinal).Replace("ASC", "DESC", StringComparison.Ordinal))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task is_the_same_run_when_the_request_is_repeated()
    {
        var shop = await OnlineAsync();
        var (client, body) = (new PlatformClient(shop.Account), Body(xml: false, shop));

        var (once, twice) = (await client.PostAsync(Request, body, idempotencyKey: "nightly"), await client.PostAsync(Request, body, idempotencyKey: "nightly"));

        twice["requestId"].ShouldBe(once["requestId"]);
        (await client.QueryAsync(Record)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task is_found_as_scripts_look_for_it_whose_names_are_left_open()
    {
        var shop = await OnlineAsync();
        var run = await ExecuteAsync(shop);
        var client = new PlatformClient(shop.Account);

        var found = await client.QueryAsync(
            Record,
            ("processName", "LIKE", ["%%"]),
            ("processId", "LIKE", ["%%"]),
            ("atomName", "EQUALS", ["Production"]),
            ("executionTime", "BETWEEN", ["2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z"]));

        found.ShouldBe(HttpStatusCode.OK).Results("executionId").ShouldBe([$"{run}"]);
    }

    private static ReportExecution Report(Shop shop, Guid executionId, ExecutionStatus status) => new() { AtomId = shop.Production, ExecutionId = executionId, Status = status };

    private static async Task<Guid> ExecuteAsync(Shop shop)
    {
        var id = Guid.CreateVersion7();
        (await shop.Account.SendAsync(new ExecuteProcess { ProcessId = shop.Orders, AtomId = shop.Production }, id)).Status.ShouldBe(OutcomeStatus.Accepted);
        return id;
    }

    private static string Body(bool xml, Shop shop) => xml
        ? $"""
            <ExecutionRequest processId="{shop.Orders}" atomId="{shop.Production}" xmlns="http://api.platform.boomi.com/">
              <DynamicProcessProperties><DynamicProcessProperty name="day" value="monday"/></DynamicProcessProperties>
              <ProcessProperties><ProcessProperty componentId="P-1"><ProcessPropertyValue key="key1" value="value1"/></ProcessProperty></ProcessProperties>
            </ExecutionRequest>
            """
        : JsonSerializer.Serialize(new
        {
            processId = shop.Orders,
            atomId = shop.Production,
            DynamicProcessProperties = new { DynamicProcessProperty = new[] { new { name = "day", value = "monday" } } },
            ProcessProperties = new { ProcessProperty = new[] { new { componentId = "P-1", ProcessPropertyValue = new[] { new { key = "key1", value = "value1" } } } } },
        });

    private async Task<Shop> OnlineAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders), new ReportAtomStatus { AtomId = shop.Production, Status = AtomStatus.Online });
        return shop;
    }
}
