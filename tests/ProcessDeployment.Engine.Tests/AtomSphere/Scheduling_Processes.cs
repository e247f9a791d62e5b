using System.Net;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Scheduling_Processes(EngineFixture engine)
{
    private const string Type = "ProcessSchedules";
    private const string Status = "ProcessScheduleStatus";

    [Theory, InlineData(false), InlineData(true)]
    public async Task finds_empty_ones_for_what_is_deployed_and_nothing_else(bool xml)
    {
        var shop = await DeployedAsync();
        await shop.DoAsync(Shop.Attach(shop.Invoice, shop.Backup));
        var (client, id) = (new PlatformClient(shop.Account, xml), PairId.Of(shop.Orders, shop.Production));

        foreach (var type in (string[])[Type, Status])
        {
            await client.ShouldFindAsync(type, [id], ("processId", $"{shop.Orders}"), ("atomId", $"{shop.Production}"));
            await client.ShouldFindAsync(type, [], ("processId", $"{shop.Invoice}"), ("atomId", $"{shop.Backup}"));
            var got = (await client.GetAsync($"{type}/{id}")).ShouldBe(HttpStatusCode.OK);
            (got.Type, got["id"], got["processId"], got["atomId"]).ShouldBe((type, id, $"{shop.Orders}", $"{shop.Production}"));
            (await client.BulkAsync(type, id, PairId.Of(shop.Invoice, shop.Backup), "none")).ShouldBe(HttpStatusCode.OK).Responses("statusCode").ShouldBe(["200", "404", "404"]);
            (await client.GetAsync($"{type}/none")).ShouldRefuse(HttpStatusCode.NotFound, "'none'");
            await client.ShouldRefuseToFilterAsync(type, "enabled", "processId", "atomId");
        }

        (await client.GetAsync($"{Type}/{id}"))["Schedule/minutes"].ShouldBeNull();
        (await client.GetAsync($"{Status}/{id}"))["enabled"].ShouldBe("true");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task replaces_them_as_scripts_do(bool xml)
    {
        var shop = await DeployedAsync();
        var (client, id) = (new PlatformClient(shop.Account, xml), PairId.Of(shop.Orders, shop.Production));

        var set = (await client.PostAsync($"{Type}/{id}/update", Body(xml, shop, id))).ShouldBe(HttpStatusCode.OK);

        (set["Schedule/minutes"], set["Schedule/hours"], set["Schedule/daysOfWeek"], set["Schedule/daysOfMonth"], set["Schedule/years"]).ShouldBe(("0-59/15", "8-18", "2,3", "*", "2090"));
        (set["Retry/maxRetry"], set["Retry/Schedule/minutes"]).ShouldBe(("2", "0"));
        var ours = (await shop.Account.AskNowAsync($"/processes/{shop.Orders}/atoms/{shop.Production}")).GetProperty("schedules");
        ours.Items("schedules").ShouldHaveSingleItem().Text("hours").ShouldBe("8-18");
        ours.GetProperty("retry").Number("maxRetry").ShouldBe(2);
        (await client.QueryAsync(Type)).Results("Schedule/years").ShouldBe(["2090"]);

        (await client.PostObjectAsync($"{Type}/{id}", Type, ("id", id))).ShouldBe(HttpStatusCode.OK)["Schedule/minutes"].ShouldBeNull();
        (await client.GetAsync($"{Type}/{id}"))["Retry/maxRetry"].ShouldBeNull();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task stops_and_resumes_them(bool xml)
    {
        var shop = await DeployedAsync();
        var (client, id) = (new PlatformClient(shop.Account, xml), PairId.Of(shop.Orders, shop.Production));
        await client.PostAsync($"{Type}/{id}/update", Body(xml, shop, id));
        async Task<string?> OursAsync() => (await shop.Account.AskNowAsync($"/processes/{shop.Orders}/atoms/{shop.Production}")).GetProperty("schedules").Text("status");

        (await client.PostObjectAsync($"{Status}/{id}/update", Status, ("processId", $"{shop.Orders}"), ("atomId", $"{shop.Production}"), ("id", id), ("enabled", "false"))).ShouldBe(HttpStatusCode.OK)["enabled"].ShouldBe("false");
        (await OursAsync()).ShouldBe("stopped");
        (await client.QueryAsync(Status)).Results("enabled").ShouldBe(["false"]);

        (await client.PostObjectAsync($"{Status}/{id}", Status, ("enabled", "true"))).ShouldBe(HttpStatusCode.OK)["enabled"].ShouldBe("true");
        (await OursAsync()).ShouldBe("enabled");

        await shop.DoAsync(new DetachAtoms { ProcessId = shop.Orders, AtomIds = [shop.Production] }, Shop.Attach(shop.Orders, shop.Production));
        (await client.GetAsync($"{Status}/{id}"))["enabled"].ShouldBe("false", "a detach suspended them");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task refuses_what_is_none(bool xml)
    {
        var shop = await DeployedAsync();
        var (client, id, good) = (new PlatformClient(shop.Account, xml), PairId.Of(shop.Orders, shop.Production), Body(xml, shop, PairId.Of(shop.Orders, shop.Production)));
        Task<PlatformAnswer> SetAsync(string without, string with) => client.PostAsync($"{Type}/{id}", good.Replace(without, with, StringComparison.Ordinal));

        (await SetAsync("8-18", "8-25")).ShouldRefuse(HttpStatusCode.BadRequest, "Schedule[0].hours", "0 to 23");
        (await SetAsync("8-18", "")).ShouldRefuse(HttpStatusCode.BadRequest, "Schedule[0].hours");
        (await SetAsync("maxRetry", "most")).ShouldRefuse(HttpStatusCode.BadRequest, "Retry", "most", "maxRetry");
        (await SetAsync("2090", "2001")).ShouldRefuse(HttpStatusCode.BadRequest, RefusalCodes.NeverDue);
        (await SetAsync(shop.Orders.ToString(), shop.Invoice.ToString())).ShouldRefuse(HttpStatusCode.BadRequest, "processId", $"{shop.Orders}");
        (await client.PostObjectAsync($"{Type}/none", Type)).ShouldRefuse(HttpStatusCode.NotFound, "'none'");
        (await client.PostObjectAsync($"{Type}/{PairId.Of(shop.Invoice, shop.Production)}", Type)).ShouldRefuse(HttpStatusCode.BadRequest, RefusalCodes.NotDeployed);
        (await client.PostObjectAsync($"{Status}/{id}", Status)).ShouldRefuse(HttpStatusCode.BadRequest, "enabled");
        (await client.PostObjectAsync($"{Status}/{id}", Status, ("enabled", "perhaps"))).ShouldRefuse(HttpStatusCode.BadRequest, "enabled", "'perhaps'");
        (await client.PostObjectAsync($"{Status}/{id}", Status, ("enabled", "true"), ("atomId", $"{shop.Backup}"))).ShouldRefuse(HttpStatusCode.BadRequest, "atomId");
        (await client.DeleteAsync($"{Status}/{id}")).ShouldRefuse(HttpStatusCode.NotFound, $"POST {Status}/{{id}}");
    }

    [Fact]
    public async Task refuses_those_of_a_listener()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(shop.SaveOrders() with { StartStep = StartStep.Listener }, Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders));
        var id = PairId.Of(shop.Orders, shop.Production);

        (await new PlatformClient(shop.Account).PostAsync($"{Type}/{id}", Body(xml: false, shop, id))).ShouldRefuse(HttpStatusCode.BadRequest, RefusalCodes.ListenerProcess);
    }

    [Fact]
    public async Task through_an_environment_follows_what_is_current_there()
    {
        var shop = await Shop.OpenAsync(engine);
        var (client, environmentId) = (new PlatformClient(shop.Account), Guid.NewGuid());
        await shop.DoAsync(
            new SetEnvironments { Enabled = true },
            new CreateEnvironment { EnvironmentId = environmentId, Name = "Live", Classification = Classification.Production, Order = 0 },
            new AttachAtomToEnvironment { EnvironmentId = environmentId, AtomId = shop.Production },
            new AttachProcessToEnvironment { EnvironmentId = environmentId, ProcessId = shop.Orders });
        (await client.QueryAsync(Type)).Count.ShouldBe(0);

        await shop.DoAsync(Shop.Deploy(shop.Orders));

        (await client.QueryAsync(Type)).Results("id").ShouldBe([PairId.Of(shop.Orders, shop.Production)]);
    }

    private async Task<Shop> DeployedAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders));
        return shop;
    }

    /// <summary>Far away, so that nothing comes due while a test runs.</summary>
    private static string Body(bool xml, Shop shop, string id) => xml
        ? $"""
            <bns:ProcessSchedules xmlns:bns="http://api.platform.boomi.com/" id="{id}" atomId="{shop.Production}" processId="{shop.Orders}">
              <bns:Schedule years="2090" months="*" daysOfMonth="*" daysOfWeek="2,3" hours="8-18" minutes="0-59/15"/>
              <bns:Retry maxRetry="2"><bns:Schedule years="*" hours="19-23" minutes="0"/></bns:Retry>
            </bns:ProcessSchedules>
            """
        : $$"""
            {
              "Schedule": [{ "minutes": "0-59/15", "hours": "8-18", "daysOfWeek": "2,3", "daysOfMonth": "*", "months": "*", "years": "2090" }],
              "Retry": { "@type": "ScheduleRetry", "maxRetry": "2", "Schedule": { "minutes": "0", "hours": "19-23", "years": "*" } },
              "processId": "{{shop.Orders}}", "atomId": "{{shop.Production}}", "id": "{{id}}"
            }
            """;
}
