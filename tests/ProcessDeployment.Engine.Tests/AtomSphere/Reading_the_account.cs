using System.Net;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Reading_the_account(EngineFixture engine)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task shows_its_licences_and_nobody_else(bool xml)
    {
        var account = await engine.NewAccountAsync();
        var client = new PlatformClient(account, xml);
        await account.SendAsync(new SetLicences { Class = ConnectorClass.SmallBusiness, Production = 4, Test = 2 });

        var own = (await client.GetAsync($"Account/{account.Name}")).ShouldBe(HttpStatusCode.OK);

        own["licensing/smallBusiness/purchased"].ShouldBe("4");
        own["licensing/smallBusinessTest/purchased"].ShouldBe("2");
        own["licensing/standard/used"].ShouldBe("0");
        own["overDeployed"].ShouldBe("false");
        (await client.QueryAsync("Account")).Results("accountId").ShouldBe([account.Name]);
        foreach (var (property, argument) in ((string, string)[])[("ACCOUNTID", account.Name), ("NAME", account.Name), ("STATUS", "active"), ("WIDGETACCOUNT", "false"), ("OVERDEPLOYED", "false")])
            (await client.QueryAsync("Account", (property, "EQUALS", [argument]), ("EXPIRATIONDATE", "IS_NULL", []), ("DATECREATED", "GREATER_THAN", ["2020-01-01"]))).Count.ShouldBe(1, property);
        (await client.GetAsync("Account/other")).ShouldRefuse(HttpStatusCode.NotFound, "Account");
        (await new PlatformClient(account, xml, "/api/rest/v1/other/..").GetAsync("x")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task of_somebody_else_is_forbidden(bool xml)
    {
        var client = new PlatformClient(await engine.NewAccountAsync(), xml);
        var other = await engine.NewAccountAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(engine.Url, $"/api/rest/v1/{other.Name}/Account/{other.Name}"));
        request.Headers.Add(TestCallers.Header, (await engine.NewAccountAsync()).Name);
        request.Headers.Accept.ParseAdd(client.MediaType);
        using var answer = await new HttpClient().SendAsync(request, TestContext.Current.CancellationToken);

        new PlatformAnswer(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldRefuse(HttpStatusCode.Forbidden, other.Name);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task has_every_change_in_its_audit_log(bool xml)
    {
        var account = await engine.NewAccountAsync();
        var client = new PlatformClient(account, xml);
        var atom = (await client.PostObjectAsync("Atom", "Atom", ("name", "Berlin")))["id"]!;
        await account.SendAsync(new SetLicences { Class = ConnectorClass.Standard, Production = 1, Actor = "robin@example.com" });

        var all = await client.QueryAsync("AuditLog");
        all.Results("action").ShouldBe(["INSTALL", "UPDATE"]);
        var one = await client.GetAsync($"AuditLog/{all.Results("documentId")[0]}");
        one["containerId"].ShouldBe(atom);
        one["AuditLogProperty/name"].ShouldBe("COMMAND_ID");
        foreach (var (property, argument) in ((string, string)[])[("containerId", atom), ("type", "as.atom"), ("action", "INSTALL"), ("userId", one["userId"]!)])
            (await client.QueryAsync("AuditLog", (property, "EQUALS", [argument]), ("level", "EQUALS", ["INFO"]), ("source", "EQUALS", ["API"]), ("modifier", "EQUALS", [""]), ("date", "GREATER_THAN", ["2020-01-01"]))).Count.ShouldBe(1, property);
        (await client.QueryAsync("AuditLog", ("level", "EQUALS", ["LOUD"]))).ShouldRefuse(HttpStatusCode.BadRequest, "level", "DEBUG");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task gives_the_report_of_connections_at_the_address_it_names(bool xml)
    {
        var account = await engine.NewAccountAsync();
        var client = new PlatformClient(account, xml);

        var answer = (await client.PostAsync("ConnectionLicensingReport", client.Query(("connectorClass", "EQUALS", ["Small Business"]), ("environmentId", "EQUALS", [$"{Guid.NewGuid()}"])))).ShouldBe(HttpStatusCode.OK);

        answer["statusCode"].ShouldBe("202");
        (await account.Http.GetStringAsync(new Uri(answer["url"]!), TestContext.Current.CancellationToken)).ShouldStartWith("environmentId,");
        (await client.PostAsync("ConnectionLicensingReport", client.Query(("connectorClass", "EQUALS", ["cheap"])))).ShouldRefuse(HttpStatusCode.BadRequest, "connectorClass", "Small Business");
        (await client.PostAsync("ConnectionLicensingReport", client.Query(("color", "EQUALS", ["red"])))).ShouldRefuse(HttpStatusCode.BadRequest, "color");
    }
}
