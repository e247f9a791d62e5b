using System.Net;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Attaching_Processes_to_Atoms(EngineFixture engine)
{
    private const string Type = "ProcessAtomAttachment";

    [Theory, InlineData(false), InlineData(true)]
    public async Task makes_what_every_filter_finds_until_it_is_deleted(bool xml)
    {
        var shop = await Shop.OpenAsync(engine);
        var client = new PlatformClient(shop.Account, xml);

        var made = (await client.PostObjectAsync(Type, Type, ("processId", $"{shop.Orders}"), ("atomId", $"{shop.Production}"))).ShouldBe(HttpStatusCode.OK);
        await shop.DoAsync(Shop.Attach(shop.Invoice, shop.Backup));

        (made.Type, made["processId"], made["atomId"], made["componentType"]).ShouldBe((Type, $"{shop.Orders}", $"{shop.Production}", "process"));
        await client.ShouldFindAsync(Type, [made["id"]!], ("processId", $"{shop.Orders}"), ("atomId", $"{shop.Production}"));
        await client.ShouldFindAsync(Type, [], ("componentType", "webservice"), ("atomId", $"{shop.Orders}"));
        (await client.QueryAsync(Type, ("componentType", "EQUALS", ["process"]))).Count.ShouldBe(2);
        (await shop.Account.AskNowAsync($"/processes/{shop.Orders}/attachments")).Items("attached").ShouldHaveSingleItem().Id("atomId").ShouldBe(shop.Production);

        (await client.DeleteAsync($"{Type}/{made["id"]}")).ShouldBe(HttpStatusCode.OK);

        await client.ShouldFindAsync(Type, [], ("processId", $"{shop.Orders}"));
        (await client.DeleteAsync($"{Type}/{made["id"]}")).ShouldRefuse(HttpStatusCode.NotFound, made["id"]!);
        (await shop.Account.AskNowAsync($"/processes/{shop.Orders}/attachments")).Items("attached").ShouldBeEmpty();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task again_answers_what_is_there(bool xml)
    {
        var shop = await Shop.OpenAsync(engine);
        var client = new PlatformClient(shop.Account, xml);
        var body = client.Object(Type, ("processId", $"{shop.Orders}"), ("atomId", $"{shop.Production}"), ("componentType", "process"));

        var (first, second) = (await client.PostAsync(Type, body, idempotencyKey: "once"), await client.PostAsync(Type, body, idempotencyKey: "once"));

        second.ShouldBe(HttpStatusCode.OK)["id"].ShouldBe(first["id"]);
        (await client.PostAsync(Type, body)).ShouldBe(HttpStatusCode.OK)["id"].ShouldBe(first["id"]);
        (await client.PostObjectAsync(Type, Type, ("processId", $"{shop.Invoice}"), ("atomId", $"{shop.Production}"))).ShouldBe(HttpStatusCode.OK)["id"].ShouldNotBe(first["id"]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task badly_is_refused_with_the_name_of_what_is_wrong(bool xml)
    {
        var shop = await Shop.OpenAsync(engine);
        var client = new PlatformClient(shop.Account, xml);
        (string, string) process = ("processId", $"{shop.Orders}"), atom = ("atomId", $"{shop.Production}");

        (await client.PostObjectAsync(Type, Type, process)).ShouldRefuse(HttpStatusCode.BadRequest, "atomId");
        (await client.PostObjectAsync(Type, Type, ("processId", "none"), atom)).ShouldRefuse(HttpStatusCode.BadRequest, "processId", "'none'");
        (await client.PostObjectAsync(Type, Type, process, atom, ("colour", "red"))).ShouldRefuse(HttpStatusCode.BadRequest, "colour");
        (await client.PostObjectAsync(Type, Type, process, atom, ("componentType", "webservice"))).ShouldRefuse(HttpStatusCode.BadRequest, "componentType", "process");
        (await client.PostObjectAsync(Type, Type, ("processId", $"{shop.Database}"), atom)).ShouldRefuse(HttpStatusCode.BadRequest, "not-a-process");
        (await client.PostObjectAsync(Type, Type, process, ("atomId", $"{Guid.NewGuid()}"))).ShouldRefuse(HttpStatusCode.NotFound, "unknown-atom");
        (await client.DeleteAsync($"{Type}/none")).ShouldRefuse(HttpStatusCode.NotFound, "'none'");
        (await client.DeleteAsync($"{Type}/{PairId.Of(shop.Orders, shop.Production)}")).ShouldRefuse(HttpStatusCode.NotFound, Type);
        (await client.GetAsync($"{Type}/{PairId.Of(shop.Orders, shop.Production)}")).ShouldRefuse(HttpStatusCode.NotFound, $"POST {Type}/query");
        await client.ShouldRefuseToFilterAsync(Type, "id", "atomId", "processId", "componentType");
    }

    [Fact]
    public async Task through_an_environment_is_seen_here_and_ended_there()
    {
        var shop = await Shop.OpenAsync(engine);
        var (client, environmentId) = (new PlatformClient(shop.Account), Guid.NewGuid());
        await shop.DoAsync(
            new SetEnvironments { Enabled = true },
            new CreateEnvironment { EnvironmentId = environmentId, Name = "Live", Classification = Contracts.Classification.Production, Order = 0 },
            new AttachAtomToEnvironment { EnvironmentId = environmentId, AtomId = shop.Production },
            new AttachProcessToEnvironment { EnvironmentId = environmentId, ProcessId = shop.Orders });

        var id = (await client.QueryAsync(Type)).ShouldBe(HttpStatusCode.OK).Results("id").ShouldHaveSingleItem();

        id.ShouldBe(PairId.Of(shop.Orders, shop.Production));
        (await client.DeleteAsync($"{Type}/{id}")).ShouldRefuse(HttpStatusCode.BadRequest, "environments-enabled");
    }

    [Fact]
    public void has_ids_that_are_read_back_and_no_others()
    {
        var (process, atom) = (Guid.NewGuid(), Guid.NewGuid());
        var id = PairId.Of(process, atom);

        id.Length.ShouldBe(43);
        PairId.Read(id).ShouldBe((process, atom));
        foreach (var none in (string[])["", "none", id[..^1], $"{id}A", $"{id} ", $"{id}=", $"+{id[1..]}", $"{id[..^1]}{(char)(id[^1] + 1)}", process.ToString()]) PairId.Read(none).ShouldBeNull(none);
    }
}
