using System.Net;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Releasing_packages(EngineFixture engine)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task makes_a_version_with_a_label_and_takes_it_from_environment_to_environment(bool xml)
    {
        var (client, process) = await new Deploying_and_promoting(engine).ProcessAsync(xml);
        var (test, production) = (await Deploying_and_promoting.EnvironmentAsync(client, "Test", "TEST"), await Deploying_and_promoting.EnvironmentAsync(client, "Production", "PROD"));

        var package = (await client.PostObjectAsync("PackagedComponent", "PackagedComponent", ("<componentId", process), ("<componentType", "process"), ("<packageVersion", "2.1"), ("<notes", "Sprint 9"))).ShouldBe(HttpStatusCode.OK);
        (await client.QueryAsync("DeployedPackage")).Count.ShouldBe(0);
        var deployed = (await client.PostObjectAsync("DeployedPackage", "DeployedPackage", ("<environmentId", test), ("<packageId", package["packageId"]!))).ShouldBe(HttpStatusCode.OK);
        await client.PostObjectAsync("DeployedPackage", "DeployedPackage", ("<environmentId", production), ("<packageId", package["packageId"]!));

        package["componentVersion"].ShouldBe("1");
        deployed["active"].ShouldBe("true");
        deployed["packageVersion"].ShouldBe("2.1");
        (await client.GetAsync($"PackagedComponentManifest/{package["packageId"]}"))["componentInfo/id"].ShouldBe(process);
        (await client.QueryAsync("Deployment", ("environmentId", "EQUALS", [production]), ("current", "EQUALS", ["true"]))).Results("version").ShouldBe(["1"]);
        foreach (var (property, argument) in ((string, string)[])[
            ("uid", deployed["deploymentId"]!), ("deploymentId", deployed["deploymentId"]!), ("packageId", package["packageId"]!), ("packageVersion", "2.1"), ("packageNotes", "Sprint 9"), ("current", "true"), ("active", "true"), ("componentId", process),
            ("componentVersion", "1"), ("componentName", "Orders"), ("componentType", "process"), ("deployedBy", "kim@example.com"), ("environmentName", "Test"), ("version", "1")])
            (await client.QueryAsync("DeployedPackage", (property, "EQUALS", [argument]), ("environmentId", "EQUALS", [test]), ("notes", "IS_NULL", []), ("branch", "IS_NULL", []), ("accountId", "IS_NOT_NULL", []), ("deployedDate", "GREATER_THAN", ["2020-01-01"]))).Count.ShouldBe(1, property);
        foreach (var (property, argument) in ((string, string)[])[
            ("packageId", package["packageId"]!), ("packageVersion", "2.1"), ("componentId", process), ("componentType", "process"), ("componentVersion", "1"), ("notes", "Sprint 9"), ("createdBy", "kim@example.com"), ("deleted", "false"), ("shareable", "false"), ("fullyPubliclyConsumable", "false")])
            (await client.QueryAsync("PackagedComponent", (property, "EQUALS", [argument]), ("branchName", "IS_NULL", []), ("createdDate", "GREATER_THAN", ["2020-01-01"]))).Count.ShouldBe(1, property);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task deletes_what_is_deployed_nowhere_and_brings_it_back_nowhere(bool xml)
    {
        var (client, process) = await new Deploying_and_promoting(engine).ProcessAsync(xml);
        var test = await Deploying_and_promoting.EnvironmentAsync(client, "Test", "TEST");
        var package = (await client.PostObjectAsync("PackagedComponent", "PackagedComponent", ("<componentId", process)))["packageId"]!;
        var deployed = (await client.PostObjectAsync("DeployedPackage", "DeployedPackage", ("<environmentId", test), ("<packageId", package)))["deploymentId"]!;

        (await client.DeleteAsync($"PackagedComponent/{package}")).ShouldRefuse(HttpStatusCode.BadRequest, "version-in-use");
        (await client.DeleteAsync($"DeployedPackage/{deployed}")).ShouldBe(HttpStatusCode.OK);
        (await client.DeleteAsync($"DeployedPackage/{deployed}")).ShouldRefuse(HttpStatusCode.Gone, "active");
        var other = (await client.PostObjectAsync("PackagedComponent", "PackagedComponent", ("<componentId", process), ("<packageVersion", "next")))["packageId"]!;
        (await client.PostObjectAsync("PackagedComponent", "PackagedComponent", ("<componentId", process), ("<packageVersion", "next"))).ShouldRefuse(HttpStatusCode.BadRequest, "label-taken");
        (await client.DeleteAsync($"PackagedComponent/{other}")).ShouldBe(HttpStatusCode.OK);

        (await client.GetAsync($"PackagedComponent/{other}"))["deleted"].ShouldBe("true");
        (await client.PostObjectAsync("DeployedPackage", "DeployedPackage", ("<environmentId", test), ("<packageId", other))).ShouldRefuse(HttpStatusCode.BadRequest, "version-withdrawn");
        (await client.DeleteAsync("PackagedComponent/nothing")).ShouldRefuse(HttpStatusCode.NotFound, "nothing");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task deploys_a_component_in_one_step(bool xml)
    {
        var (client, process) = await new Deploying_and_promoting(engine).ProcessAsync(xml);
        var test = await Deploying_and_promoting.EnvironmentAsync(client, "Test", "TEST");

        var deployed = (await client.PostObjectAsync("DeployedPackage", "DeployedPackage", ("<environmentId", test), ("<componentId", process), ("<notes", "at once"))).ShouldBe(HttpStatusCode.OK);

        deployed["packageVersion"].ShouldBe("#1");
        (await client.QueryAsync("PackagedComponent")).Results("packageVersion").ShouldBe(["#1"]);
        (await client.PostObjectAsync("DeployedPackage", "DeployedPackage", ("<environmentId", test))).ShouldRefuse(HttpStatusCode.BadRequest, "packageId");
        (await client.PostObjectAsync("DeployedPackage", "DeployedPackage", ("<environmentId", test), ("<componentId", process), ("<componentVersion", "7"))).ShouldRefuse(HttpStatusCode.BadRequest, "expected-revision");
    }

    [Fact]
    public async Task by_a_number_alone_finds_no_version_that_was_deployed_without_a_label()
    {
        var (client, process) = await new Deploying_and_promoting(engine).ProcessAsync(xml: false);
        var test = await Deploying_and_promoting.EnvironmentAsync(client, "Test", "TEST");
        await client.PostObjectAsync("Deployment", "Deployment", ("environmentId", test), ("processId", process));

        (await client.QueryAsync("PackagedComponent", ("componentId", "EQUALS", [process]), ("packageVersion", "EQUALS", ["1"]))).Count.ShouldBe(0);
        (await client.PostObjectAsync("PackagedComponent", "PackagedComponent", ("componentId", process), ("packageVersion", "1"))).ShouldBe(HttpStatusCode.OK);
        (await client.PostObjectAsync("PackagedComponent", "PackagedComponent", ("componentId", process), ("packageVersion", "#7"))).ShouldRefuse(HttpStatusCode.BadRequest, "#");
        (await client.PostObjectAsync("PackagedComponent", "PackagedComponent", ("componentId", process))).ShouldBe(HttpStatusCode.OK)["packageVersion"].ShouldBe("3.0");
        (await client.PostObjectAsync("PackagedComponent", "PackagedComponent", ("componentId", process), ("packageId", "x"))).ShouldRefuse(HttpStatusCode.BadRequest, "packageId");
        (await client.PostObjectAsync("PackagedComponent", "PackagedComponent", ("componentId", process), ("componentVersion", "4294967297"))).ShouldRefuse(HttpStatusCode.BadRequest, "componentVersion");
    }

    [Fact]
    public async Task again_after_it_was_undeployed_answers_with_the_same_deployment()
    {
        var (client, process) = await new Deploying_and_promoting(engine).ProcessAsync(xml: false);
        var test = await Deploying_and_promoting.EnvironmentAsync(client, "Test", "TEST");
        var package = (await client.PostObjectAsync("PackagedComponent", "PackagedComponent", ("componentId", process), ("packageVersion", "1.0")))["packageId"]!;
        var body = client.Object("DeployedPackage", ("environmentId", test), ("packageId", package));
        var first = (await client.PostAsync("DeployedPackage", body, idempotencyKey: "one")).ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync("DeployedPackage", body, idempotencyKey: "two")).ShouldBe(HttpStatusCode.OK);
        await client.DeleteAsync($"DeployedPackage/{first["deploymentId"]}");

        (await client.PostAsync("DeployedPackage", body, idempotencyKey: "two")).ShouldBe(HttpStatusCode.OK)["deploymentId"].ShouldBe(first["deploymentId"]);
    }

    [Fact]
    public async Task needs_environments()
    {
        var (client, process) = await new Deploying_and_promoting(engine).ProcessAsync(xml: false);

        (await client.PostObjectAsync("PackagedComponent", "PackagedComponent", ("componentId", process), ("packageVersion", "1.0"))).ShouldRefuse(HttpStatusCode.BadRequest, "environments-disabled");
        (await client.PostAsync("PackagedComponent", client.Object("PackagedComponent", ("componentId", process)), idempotencyKey: "build 5")).ShouldRefuse(HttpStatusCode.BadRequest, "packageVersion");
    }
}
