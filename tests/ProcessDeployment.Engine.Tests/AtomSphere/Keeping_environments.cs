using System.Net;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Keeping_environments(EngineFixture engine)
{
    private const string Type = "Environment";

    [Theory, InlineData(false), InlineData(true)]
    public async Task finds_what_was_made_by_every_filter(bool xml)
    {
        var account = await engine.NewAccountAsync();
        var client = new PlatformClient(account, xml);

        var live = (await client.PostObjectAsync(Type, Type, ("name", "Live"))).ShouldBe(HttpStatusCode.OK);
        var test = (await client.PostObjectAsync(Type, Type, ("name", "Try"), ("classification", "TEST"))).ShouldBe(HttpStatusCode.OK);

        (live.Type, live["name"], live["classification"]).ShouldBe((Type, "Live", "PROD"));
        await client.ShouldFindAsync(Type, [test["id"]!], ("name", "Try"), ("id", test["id"]!), ("classification", "TEST"));
        (await client.QueryAsync(Type, ("name", "LIKE", ["%i%"]), ("classification", "NOT_EQUALS", ["test"]))).Results("id").ShouldBe([live["id"]]);
        (await client.GetAsync($"{Type}/{test["id"]}")).ShouldBe(HttpStatusCode.OK)["name"].ShouldBe("Try");
        var ours = await account.AskNowAsync("/environments");
        ours.Flag("enabled").ShouldBeTrue();
        ours.Items().Select(item => (item.Text("name"), item.Number("order"))).ShouldBe([("Live", 0), ("Try", 1)]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task tells_in_bulk_what_is_there_what_was_and_what_never_was(bool xml)
    {
        var client = new PlatformClient(await engine.NewAccountAsync(), xml);
        var (live, gone, never) = ((await client.PostObjectAsync(Type, Type, ("name", "Live")))["id"]!, (await client.PostObjectAsync(Type, Type, ("name", "Gone")))["id"]!, $"{Guid.NewGuid()}");
        (await client.DeleteAsync($"{Type}/{gone}")).ShouldBe(HttpStatusCode.OK);

        var answer = (await client.BulkAsync(Type, live, gone, never)).ShouldBe(HttpStatusCode.OK);

        answer.Responses("statusCode").ShouldBe(["200", "410", "404"]);
        answer.Responses("Result/name").ShouldBe(["Live", null, null]);
        (await client.GetAsync($"{Type}/{gone}")).ShouldRefuse(HttpStatusCode.Gone, gone);
        (await client.DeleteAsync($"{Type}/{gone}")).ShouldRefuse(HttpStatusCode.Gone, gone);
        (await client.QueryAsync(Type)).Results("id").ShouldBe([live]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task changes_the_name_and_nothing_else(bool xml)
    {
        var account = await engine.NewAccountAsync();
        var client = new PlatformClient(account, xml);
        var id = (await client.PostObjectAsync(Type, Type, ("name", "Live")))["id"]!;

        (await client.PostObjectAsync($"{Type}/{id}", Type, ("id", id), ("name", "Production"), ("classification", "PROD"))).ShouldBe(HttpStatusCode.OK)["name"].ShouldBe("Production");

        (await account.AskNowAsync("/environments")).Names().ShouldBe(["Production"]);
        (await client.PostObjectAsync($"{Type}/{id}", Type, ("name", "Live"), ("classification", "TEST"))).ShouldRefuse(HttpStatusCode.BadRequest, "classification-changed");
        (await client.PostObjectAsync($"{Type}/{id}", Type, ("name", "Live"), ("id", $"{Guid.NewGuid()}"))).ShouldRefuse(HttpStatusCode.BadRequest, "id must be", id);
        (await client.PostObjectAsync($"{Type}/{id}", Type, ("name", "Live"), ("parentAccount", "other"))).ShouldRefuse(HttpStatusCode.BadRequest, "parentAccount");
        (await client.PostObjectAsync($"{Type}/{Guid.NewGuid()}", Type, ("name", "Live"))).ShouldRefuse(HttpStatusCode.NotFound, "unknown-environment");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task refuses_what_is_none(bool xml)
    {
        var client = new PlatformClient(await engine.NewAccountAsync(), xml);

        (await client.PostObjectAsync(Type, Type, ("classification", "PROD"))).ShouldRefuse(HttpStatusCode.BadRequest, "name");
        (await client.PostObjectAsync(Type, Type, ("name", "Live"), ("classification", "DEV"))).ShouldRefuse(HttpStatusCode.BadRequest, "classification", "PROD, TEST", "'DEV'");
        (await client.PostObjectAsync(Type, Type, ("name", "Live"), ("colour", "red"))).ShouldRefuse(HttpStatusCode.BadRequest, "colour");
        (await client.PostObjectAsync(Type, Type, ("name", new string('x', 81)))).ShouldRefuse(HttpStatusCode.BadRequest, "name", "80");
        (await client.QueryAsync(Type, ("classification", "EQUALS", ["DEV"]))).ShouldRefuse(HttpStatusCode.BadRequest, "'classification'", "'DEV'");
        await client.ShouldRefuseToFilterAsync(Type, "parentAccount", "name", "id", "classification");
        (await client.GetAsync($"{Type}/none")).ShouldRefuse(HttpStatusCode.NotFound, "'none'");
    }

    [Fact]
    public async Task makes_one_of_a_request_that_is_repeated()
    {
        var account = await engine.NewAccountAsync();
        var client = new PlatformClient(account);
        var body = client.Object(Type, ("name", "Live"));
        var first = (await client.PostAsync(Type, body, idempotencyKey: "live"))["id"];
        await client.PostObjectAsync(Type, Type, ("name", "Try"));

        (await client.PostAsync(Type, body, idempotencyKey: "live")).ShouldBe(HttpStatusCode.OK)["id"].ShouldBe(first);

        (await account.AskNowAsync("/environments")).Names().ShouldBe(["Live", "Try"]);
    }

    [Fact]
    public async Task makes_none_while_Processes_are_attached_without()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production));

        (await new PlatformClient(shop.Account).PostObjectAsync(Type, Type, ("name", "Live"))).ShouldRefuse(HttpStatusCode.BadRequest, "environments-in-use");

        (await shop.Account.AskNowAsync("/environments")).Items().ShouldBeEmpty();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task puts_Atoms_and_Processes_into_them_and_takes_them_out(bool xml)
    {
        var shop = await Shop.OpenAsync(engine);
        var client = new PlatformClient(shop.Account, xml);
        var live = (await client.PostObjectAsync(Type, Type, ("name", "Live")))["id"]!;
        const string OfAtom = "EnvironmentAtomAttachment", OfProcess = "ProcessEnvironmentAttachment";
        // As scripts do, with a slash at the end.
        var atom = (await client.PostObjectAsync($"{OfAtom}/", OfAtom, ("atomId", $"{shop.Production}"), ("environmentId", live))).ShouldBe(HttpStatusCode.OK);
        var process = (await client.PostObjectAsync($"{OfProcess}/", OfProcess, ("processId", $"{shop.Orders}"), ("componentType", "process"), ("environmentId", live))).ShouldBe(HttpStatusCode.OK);

        (atom.Type, atom["atomId"], atom["environmentId"]).ShouldBe((OfAtom, $"{shop.Production}", live));
        (process.Type, process["processId"], process["environmentId"], process["componentType"]).ShouldBe((OfProcess, $"{shop.Orders}", live, "process"));
        await client.ShouldFindAsync(OfAtom, [atom["id"]!], ("atomId", $"{shop.Production}"), ("environmentId", live));
        await client.ShouldFindAsync(OfProcess, [process["id"]!], ("processId", $"{shop.Orders}"), ("environmentId", live), ("componentType", "process"));
        await client.ShouldFindAsync(OfProcess, [], ("processId", $"{shop.Invoice}"), ("componentType", "flowservice"));
        var ours = (await shop.Account.AskNowAsync("/environments")).Items().ShouldHaveSingleItem();
        (ours.Items("atoms").Single().Id("atomId"), ours.Items("processes").Single().Id("processId")).ShouldBe((shop.Production, shop.Orders));
        (await client.DeleteAsync($"{Type}/{live}")).ShouldRefuse(HttpStatusCode.BadRequest, "environment-in-use");

        (await client.DeleteAsync($"{OfAtom}/{atom["id"]}")).ShouldBe(HttpStatusCode.OK);
        (await client.DeleteAsync($"{OfProcess}/{process["id"]}")).ShouldBe(HttpStatusCode.OK);

        (await client.DeleteAsync($"{OfAtom}/{atom["id"]}")).ShouldRefuse(HttpStatusCode.NotFound, OfAtom);
        (await client.DeleteAsync($"{OfProcess}/{process["id"]}")).ShouldRefuse(HttpStatusCode.NotFound, OfProcess);
        (await client.QueryAsync(OfAtom)).Count.ShouldBe(0);
        (await client.QueryAsync(OfProcess)).Count.ShouldBe(0);
        (await shop.Account.AskNowAsync("/environments")).Items().ShouldHaveSingleItem().Items("atoms").ShouldBeEmpty();
    }

    [Fact]
    public async Task moves_an_Atom_that_is_put_into_another()
    {
        var account = await engine.NewAccountAsync();
        var (client, atomId) = (new PlatformClient(account), Guid.NewGuid());
        await account.DoAsync(new RegisterAtom { AtomId = atomId, Name = "Berlin" });
        var ids = new List<string>();
        foreach (var name in (string[])["Try", "Live"])
        {
            var environment = await client.PostObjectAsync(Type, Type, ("name", name));
            ids.Add((await client.PostObjectAsync("EnvironmentAtomAttachment", "EnvironmentAtomAttachment", ("atomId", $"{atomId}"), ("environmentId", environment["id"]!))).ShouldBe(HttpStatusCode.OK)["id"]!);
        }

        await client.ShouldFindAsync("EnvironmentAtomAttachment", [ids[1]], ("atomId", $"{atomId}"));
        (await client.DeleteAsync($"EnvironmentAtomAttachment/{ids[0]}")).ShouldRefuse(HttpStatusCode.NotFound, ids[0]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task attaches_nothing_that_there_is_not(bool xml)
    {
        var shop = await Shop.OpenAsync(engine);
        var client = new PlatformClient(shop.Account, xml);
        const string OfAtom = "EnvironmentAtomAttachment", OfProcess = "ProcessEnvironmentAttachment";
        (string, string) nowhere = ("environmentId", $"{Guid.NewGuid()}"), atom = ("atomId", $"{shop.Production}"), process = ("processId", $"{shop.Orders}");

        (await client.PostObjectAsync(OfAtom, OfAtom, nowhere, atom)).ShouldRefuse(HttpStatusCode.BadRequest, RefusalCodes.EnvironmentsDisabled);
        await shop.DoAsync(new SetEnvironments { Enabled = true });
        (await client.PostObjectAsync(OfAtom, OfAtom, nowhere, atom)).ShouldRefuse(HttpStatusCode.NotFound, RefusalCodes.UnknownEnvironment);
        (await client.PostObjectAsync(OfProcess, OfProcess, nowhere, process)).ShouldRefuse(HttpStatusCode.NotFound, RefusalCodes.UnknownEnvironment);
        (await client.PostObjectAsync(OfAtom, OfAtom, atom)).ShouldRefuse(HttpStatusCode.BadRequest, "environmentId");
        (await client.PostObjectAsync(OfProcess, OfProcess, nowhere, process, ("componentType", "webservice"))).ShouldRefuse(HttpStatusCode.BadRequest, "componentType", "process");
        (await client.PostObjectAsync(OfProcess, OfProcess, nowhere, process, ("colour", "red"))).ShouldRefuse(HttpStatusCode.BadRequest, "colour");
        (await client.DeleteAsync($"{OfAtom}/none")).ShouldRefuse(HttpStatusCode.NotFound, "'none'");
        (await client.DeleteAsync($"{OfProcess}/{Guid.NewGuid()}")).ShouldRefuse(HttpStatusCode.NotFound, OfProcess);
        await client.ShouldRefuseToFilterAsync(OfAtom, "componentType", "atomId", "environmentId");
        await client.ShouldRefuseToFilterAsync(OfProcess, "id", "environmentId", "processId", "componentType");
    }

    [Fact]
    public async Task with_a_name_that_is_too_long_does_not_turn_environments_on()
    {
        var account = await engine.NewAccountAsync();

        (await new PlatformClient(account).PostObjectAsync(Type, Type, ("name", new string('x', 81)))).ShouldRefuse(HttpStatusCode.BadRequest, "name", "80");

        (await account.AskNowAsync("/environments")).GetProperty("enabled").GetBoolean().ShouldBeFalse();
    }
}
