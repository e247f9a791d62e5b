using System.Net;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Looking_for_components(EngineFixture engine)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task finds_each_revision_and_what_is_the_newest(bool xml)
    {
        var account = await engine.NewAccountAsync();
        var client = new PlatformClient(account, xml);
        var id = (await client.PostObjectAsync("ComponentMetadata", "ComponentMetadata", ("name", "Orders"), ("type", "process"), ("folderName", "Sales"))).ShouldBe(HttpStatusCode.OK)["componentId"]!;
        (await client.PostObjectAsync($"ComponentMetadata/{id}/update", "ComponentMetadata", ("name", "Orders to ERP"))).ShouldBe(HttpStatusCode.OK)["version"].ShouldBe("2");

        (await client.QueryAsync("ComponentMetadata")).Results("version").ShouldBe(["1", "2"]);
        (await client.GetAsync($"ComponentMetadata/{id}"))["name"].ShouldBe("Orders to ERP");
        (await client.GetAsync($"ComponentMetadata/{id}~1"))["name"].ShouldBe("Orders");
        (await client.QueryAsync("Process", ("name", "LIKE", ["Orders%"]))).Results("id").ShouldBe([id]);
        foreach (var (property, argument) in ((string, string)[])[
            ("accountId", account.Name), ("componentId", id), ("version", "2"), ("name", "Orders to ERP"), ("modifiedBy", "kim@example.com"), ("createdBy", "kim@example.com"), ("folderName", "Sales"), ("folderId", "Sales")])
        {
            var found = await client.QueryAsync("ComponentMetadata", (property, "EQUALS", [argument]), ("currentVersion", "EQUALS", ["true"]), ("deleted", "EQUALS", ["false"]), ("type", "EQUALS", ["process"]), ("subType", "IS_NULL", []), ("createdDate", "GREATER_THAN", ["2020-01-01T00:00:00Z"]), ("modifiedDate", "BETWEEN", ["2020-01-01T00:00:00Z", "2100-01-01T00:00:00Z"]));
            found.ShouldBe(HttpStatusCode.OK).Results("version").ShouldBe(["2"], property);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task finds_deleted_ones_by_asking_for_them(bool xml)
    {
        var client = new PlatformClient(await engine.NewAccountAsync(), xml);
        var id = (await client.PostObjectAsync("ComponentMetadata", "ComponentMetadata", ("name", "Orders"), ("type", "process")))["componentId"]!;

        (await client.DeleteAsync($"ComponentMetadata/{id}")).ShouldBe(HttpStatusCode.OK);

        (await client.QueryAsync("ComponentMetadata", ("deleted", "EQUALS", ["true"]))).Results("componentId").ShouldBe([id]);
        (await client.GetAsync($"Process/{id}")).ShouldRefuse(HttpStatusCode.NotFound, "Process");
        (await client.PostObjectAsync($"ComponentMetadata/{id}", "ComponentMetadata", ("name", "Other"))).ShouldRefuse(HttpStatusCode.Gone, "component-deleted");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task tells_what_refers_to_what_in_which_revision(bool xml)
    {
        var account = await engine.NewAccountAsync();
        var client = new PlatformClient(account, xml);
        var (process, map, route) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        foreach (var (id, type) in ((Guid, string)[])[(map, "transform.map"), (route, "processroute")]) await account.SendAsync(new SaveComponentV2 { ComponentId = id, ComponentType = type, Name = type });
        foreach (var references in (ComponentReference[][])[[new(map, ReferenceKind.Dependent)], [new(map, ReferenceKind.Dependent), new(route, ReferenceKind.Independent)]])
            await account.SendAsync(new SaveComponentV2 { ComponentId = process, ComponentType = "process", Name = "Orders", References = references });

        (await client.QueryAsync("ComponentReference", ("parentComponentId", "EQUALS", [$"{process}"]), ("parentVersion", "EQUALS", ["1"]))).Results("references/componentId").ShouldBe([$"{map}"]);
        (await client.QueryAsync("ComponentReference", ("parentComponentId", "EQUALS", [$"{process}"]), ("parentVersion", "EQUALS", ["2"]))).Count.ShouldBe(2);
        (await client.QueryAsync("ComponentReference", ("componentId", "EQUALS", [$"{route}"]), ("type", "EQUALS", ["INDEPENDENT"]))).Results("references/parentVersion").ShouldBe(["2"]);
        (await client.GetAsync($"ComponentReference/{map}")).ShouldBe(HttpStatusCode.OK)["references/parentComponentId"].ShouldBe($"{process}");
        (await client.GetAsync($"ComponentReference/{process}")).ShouldRefuse(HttpStatusCode.NotFound, "ComponentReference");
    }
}
