using System.Net;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Deploying_and_promoting(EngineFixture engine)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task carries_exactly_that_version_from_one_environment_to_the_next(bool xml)
    {
        var (client, process) = await ProcessAsync(xml);
        var (test, production) = (await EnvironmentAsync(client, "Test", "TEST"), await EnvironmentAsync(client, "Production", "PROD"));

        var first = (await client.PostObjectAsync("Deployment", "Deployment", ("<environmentId", test), ("<processId", process), ("<notes", "Release 1"))).ShouldBe(HttpStatusCode.OK);
        await client.PostObjectAsync("Deployment", "Deployment", ("<environmentId", test), ("<processId", process));
        (await client.PostAsync($"deployProcess/{first["id"]}/{production}/{first["digest"]}", "")).ShouldBe(HttpStatusCode.OK);

        first["version"].ShouldBe("1");
        first["notes"].ShouldBe("Release 1");
        (await client.GetAsync($"Deployment/{first["id"]}"))["digest"].ShouldBe(first["digest"]);
        (await Current(production)).Results("version").ShouldBe(["1"]);
        (await client.QueryAsync("Deployment", ("processId", "EQUALS", [process]))).Count.ShouldBe(3);
        (await client.PostAsync($"deployProcess/{first["id"]}/{production}/{first["digest"]}", "")).ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync($"deployProcess/{first["id"]}/{production}/{new string('0', 64)}", "")).ShouldRefuse(HttpStatusCode.BadRequest, "digest");
        (await client.PostAsync($"deployProcess/{first["id"]}/{Guid.NewGuid()}/{first["digest"]}", "")).ShouldRefuse(HttpStatusCode.NotFound, "environment");

        Task<PlatformAnswer> Current(string environmentId) => client.QueryAsync("Deployment", ("environmentId", "EQUALS", [environmentId]), ("componentId", "EQUALS", [process]), ("componentType", "EQUALS", ["process"]), ("current", "EQUALS", ["true"]));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task without_environments_deploys_on_all_attached_Atoms(bool xml)
    {
        var (client, process) = await ProcessAsync(xml);
        var atom = (await client.PostObjectAsync("Atom", "Atom", ("name", "Berlin")))["id"]!;
        (await client.PostObjectAsync("ProcessAtomAttachment", "ProcessAtomAttachment", ("processId", process), ("atomId", atom))).ShouldBe(HttpStatusCode.OK);

        var made = (await client.PostObjectAsync("Deployment", "Deployment", ("<componentId", process), ("<componentType", "process"))).ShouldBe(HttpStatusCode.OK);

        made["current"].ShouldBe("true");
        made["environmentId"].ShouldBeNull();
        (await client.PostObjectAsync("Deployment", "Deployment", ("<processId", process), ("<environmentId", $"{Guid.NewGuid()}"))).ShouldRefuse(HttpStatusCode.BadRequest, "environments-disabled");
        (await client.PostObjectAsync("Deployment", "Deployment", ("<processId", process), ("<componentType", "flowservice"))).ShouldRefuse(HttpStatusCode.BadRequest, "componentType");
        (await client.PostObjectAsync("Deployment", "Deployment", ("<notes", "x"))).ShouldRefuse(HttpStatusCode.BadRequest, "componentId");
        (await client.PostObjectAsync("Deployment", "Deployment", ("<processId", $"{Guid.NewGuid()}"))).ShouldRefuse(HttpStatusCode.NotFound, "unknown-process");
        (await client.GetAsync("Deployment/AAAA")).ShouldRefuse(HttpStatusCode.NotFound, "AAAA");
    }

    internal async Task<(PlatformClient Client, string ProcessId)> ProcessAsync(bool xml)
    {
        var account = await engine.NewAccountAsync();
        var processId = Guid.NewGuid();
        await account.SendAsync(new SaveComponentV2 { ComponentId = processId, ComponentType = "process", Name = "Orders" });
        return (new(account, xml), $"{processId}");
    }

    internal static async Task<string> EnvironmentAsync(PlatformClient client, string name, string classification) =>
        (await client.PostObjectAsync("Environment", "Environment", ("name", name), ("classification", classification))).ShouldBe(HttpStatusCode.OK)["id"]!;
}
