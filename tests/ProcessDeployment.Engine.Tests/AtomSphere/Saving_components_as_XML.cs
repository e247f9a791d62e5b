using System.Net;
using System.Xml.Linq;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Saving_components_as_XML(EngineFixture engine)
{
    [Fact]
    public async Task keeps_what_is_sent_and_gives_it_back_with_its_revision()
    {
        var client = new PlatformClient(await engine.NewAccountAsync(), xml: true);

        var made = (await client.PostAsync("Component", Script("Round Amounts", "return 1"))).ShouldBe(HttpStatusCode.OK);
        var id = made["componentId"]!;
        (await client.PostAsync($"Component/{id}", Script("Round Amounts", "return 2"))).ShouldBe(HttpStatusCode.OK)["version"].ShouldBe("2");

        made["name"].ShouldBe("Round Amounts");
        made["type"].ShouldBe("script.processing");
        made["folderFullPath"].ShouldBe("Finance");
        (await client.GetAsync($"Component/{id}")).Body.ShouldContain("return 2");
        (await client.GetAsync($"Component/{id}~1")).Body.ShouldContain("return 1");
        (await client.GetAsync($"Component/{id}~3")).ShouldRefuse(HttpStatusCode.NotFound, "ComponentMetadata");
        var many = await client.PostAsync("Component/bulk", $"""<BulkRequest xmlns="{PlatformClient.Platform}" type="GET"><request id="{id}"/><request id="{Guid.NewGuid()}"/></BulkRequest>""");
        XElement.Parse(many.Body).Elements().Select(item => (string?)item.Attribute("statusCode")).ShouldBe(["200", "404"]);
    }

    [Fact]
    public async Task keeps_no_secret_that_is_marked_as_one()
    {
        var client = new PlatformClient(await engine.NewAccountAsync(), xml: true);
        var sent = $"""
            <bns:Component xmlns:bns="{PlatformClient.Platform}" name="CRM" type="connector-settings" subType="http"><bns:encryptedValues><bns:encryptedValue path="//GenericConnectionConfig/field[@id='password']" isSet="true"/></bns:encryptedValues>
            <bns:object><GenericConnectionConfig><field id="password" type="password" value="hunter-2"/></GenericConnectionConfig></bns:object></bns:Component>
            """;

        var made = (await client.PostAsync("Component", sent)).ShouldBe(HttpStatusCode.OK);

        made.Body.ShouldNotContain("hunter-2");
        made.Body.ShouldContain("GenericConnectionConfig");
    }

    [Fact]
    public async Task says_element_by_element_what_a_revision_changed()
    {
        var account = await engine.NewAccountAsync();
        var client = new PlatformClient(account, xml: true);
        var id = (await client.PostAsync("Component", Script("Round Amounts", "return 1")))["componentId"]!;
        await client.PostAsync($"Component/{id}", Script("Round Amounts", "return 2", "<input id=\"b\"/>"));

        foreach (var xml in (bool[])[false, true])
        {
            var diff = await new PlatformClient(account, xml).PostObjectAsync("ComponentDiffRequest", "ComponentDiffRequest", ("componentId", id), ("sourceVersion", "1"), ("targetVersion", "2"));

            diff.ShouldBe(HttpStatusCode.OK)["message"].ShouldNotBeNull().ShouldContain("Diffed Versions 1 and 2 of Component: Round Amounts");
            diff["GenericDiff/addition/change/changedParticleName"].ShouldBe("input");
            diff["GenericDiff/modification/change/newValue/value"].ShouldBe("return 2");
            (await new PlatformClient(account, xml).PostObjectAsync("ComponentDiffRequest", "ComponentDiffRequest", ("componentId", id), ("sourceVersion", "1"), ("targetVersion", "9"))).ShouldRefuse(HttpStatusCode.NotFound, "9");
        }
    }

    [Fact]
    public async Task refuses_what_is_no_component()
    {
        var client = new PlatformClient(await engine.NewAccountAsync(), xml: true);

        (await client.PostAsync("Component", "<Component xmlns=\"http://elsewhere.example/\" name=\"a\" type=\"process\"/>")).ShouldRefuse(HttpStatusCode.BadRequest, "Component", "root");
        (await client.PostAsync("Component", "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><bns:Component xmlns:bns=\"http://api.platform.boomi.com/\" name=\"&e;\" type=\"process\"/>")).ShouldRefuse(HttpStatusCode.BadRequest, "DTD");
        (await client.PostAsync("Component", "{}", "application/json")).ShouldRefuse(HttpStatusCode.BadRequest, "application/xml");
    }

    private static string Script(string name, string script, string more = "") =>
        $"""<bns:Component xmlns:bns="{PlatformClient.Platform}" name="{name}" type="script.processing" folderFullPath="Finance" version="7"><bns:object><ProcessingScript language="groovy"><script>{script}</script>{more}</ProcessingScript></bns:object></bns:Component>""";
}
