using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Setting_extensions(EngineFixture engine)
{
    private const string Type = "EnvironmentExtensions";
    private const string Settings = "Settings-1";

    [Theory, InlineData(false), InlineData(true)]
    public async Task shows_what_is_declared_in_its_groups(bool xml)
    {
        var shop = await DeployedAsync();
        var client = new PlatformClient(shop.Account, xml);

        var got = (await client.GetAsync($"{Type}/{shop.Production}")).ShouldBe(HttpStatusCode.OK);

        (got.Type, got["id"], got["environmentId"], got["extensionGroupId"]).ShouldBe((Type, $"{shop.Production}", $"{shop.Production}", ""));
        (got["connections/connection/id"], got["connections/connection/name"], got["connections/connection/field/id"]).ShouldBe(($"{shop.Database}", "Shop database", "host"));
        (got["connections/connection/field/value"], got["connections/connection/field/useDefault"], got["connections/connection/field/usesEncryption"]).ShouldBe((null, "false", "false"));
        (got["operations/operation/id"], got["operations/operation/field/id"]).ShouldBe(("Operation-1", "size/most"));
        (got["processProperties/ProcessProperty/id"], got["processProperties/ProcessProperty/ProcessPropertyValue/key"], got["processProperties/ProcessProperty/ProcessPropertyValue/label"]).ShouldBe((Settings, "limit", "Limit"));
        got["properties/property/name"].ShouldBe("day");
        await client.ShouldFindAsync(Type, [$"{shop.Production}"], ("environmentId", $"{shop.Production}"));
        await client.ShouldFindAsync(Type, [], ("extensionGroupId", "pack"), ("environmentId", $"{shop.Orders}"));
        (await client.QueryAsync(Type)).Results("id").ShouldBe([$"{shop.Production}", $"{shop.Backup}"], ignoreOrder: true);
        (await client.BulkAsync(Type, $"{shop.Production}", $"{Guid.NewGuid()}", "none")).ShouldBe(HttpStatusCode.OK).Responses("statusCode").ShouldBe(["200", "404", "404"]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task of_some_leaves_the_others_alone_and_never_shows_a_secret(bool xml)
    {
        var shop = await DeployedAsync();
        var client = new PlatformClient(shop.Account, xml);
        await client.PostAsync($"{Type}/{shop.Production}/update", Body(xml, shop, partial: true, "host", ("value", "db-1")));

        var set = (await client.PostAsync($"{Type}/{shop.Production}/update", Body(xml, shop, partial: true, "password", ("value", "hush-hush"), ("usesEncryption", "true")))).ShouldBe(HttpStatusCode.OK);

        set.Body.ShouldNotContain("hush-hush");
        set["connections/connection/field/value"].ShouldBe("db-1");
        (await FieldAsync(client, shop, "password")).ShouldBe((null, "false", "true", "true"));
        (await OursAsync(shop)).ShouldBe(["host=db-1 Set", "password= Set", "size/most= NeedsValue", "limit= NeedsValue", "day= NeedsValue"], ignoreOrder: true);
        await client.PostAsync($"{Type}/{shop.Production}/update", Body(xml, shop, partial: true, "password", ("encryptedValueSet", "true"), ("usesEncryption", "true")));
        (await OursAsync(shop)).ShouldContain("password= Set", "it was named without a value, so it stays");
        await client.PostAsync($"{Type}/{shop.Production}/update", Body(xml, shop, partial: true, "host", ("useDefault", "true"), ("value", "ignored")));
        (await FieldAsync(client, shop, "host")).ShouldBe((null, "true", "false", "false"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task as_a_whole_takes_away_what_is_not_said(bool xml)
    {
        var shop = await DeployedAsync();
        var client = new PlatformClient(shop.Account, xml);
        await shop.DoAsync(Set(shop, shop.Production, ($"connection/{shop.Database}/host", "db-1"), ($"connection/{shop.Database}/password", "hush"), ("property/day", "monday")));

        (await client.PostAsync($"{Type}/{shop.Production}", Body(xml, shop, partial: null, "password", ("encryptedValueSet", "true")))).ShouldRefuse(HttpStatusCode.BadRequest, $"connection/{shop.Database}/password", "partial");
        (await OursAsync(shop)).ShouldContain("password= Set", "nothing was stored");

        (await client.PostAsync($"{Type}/{shop.Production}", Body(xml, shop, partial: false, "host", ("value", "db-2")))).ShouldBe(HttpStatusCode.OK)["connections/connection/field/value"].ShouldBe("db-2");

        (await OursAsync(shop)).ShouldBe(["host=db-2 Set", "password= NeedsValue", "size/most= NeedsValue", "limit= NeedsValue", "day= NeedsValue"], ignoreOrder: true);
    }

    [Fact]
    public async Task of_every_kind_comes_back_as_it_was_sent()
    {
        var shop = await DeployedAsync();
        var client = new PlatformClient(shop.Account);
        var sent = $$"""
            {
              "@type": "{{Type}}", "id": "{{shop.Production}}", "environmentId": "{{shop.Production}}", "extensionGroupId": "", "partial": "true",
              "connections": { "@type": "Connections", "connection": { "@type": "Connection", "id": "{{shop.Database}}", "name": "any", "field": { "@type": "field", "id": "host", "value": "", "usesEncryption": "false", "useDefault": false } } },
              "operations": { "operation": [{ "id": "Operation-1", "field": [{ "id": "size/most", "value": 12 }] }] },
              "processProperties": { "@type": "OverrideProcessProperties", "ProcessProperty": [{ "id": "{{Settings}}", "name": "any", "ProcessPropertyValue": [{ "@type": "ProcessPropertyValue", "label": "Limit", "key": "limit", "value": "", "encryptedValueSet": "false", "useDefault": "true" }] }] },
              "properties": { "@type": "", "property": [{ "@type": "", "name": "day", "value": "monday" }] },
              "crossReferences": { "crossReference": [] }, "tradingPartners": {}
            }
            """;

        (await client.PostAsync($"{Type}/{shop.Production}/update", sent)).ShouldBe(HttpStatusCode.OK);

        (await OursAsync(shop)).ShouldBe(["host= Set", "password= NeedsValue", "size/most=12 Set", "limit= Default", "day=monday Set"], ignoreOrder: true);
        var before = await client.GetAsync($"{Type}/{shop.Production}");
        (await client.PostAsync($"{Type}/{shop.Production}", before.Body)).ShouldBe(HttpStatusCode.OK).Body.ShouldBe(before.Body, "what is read can be written");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task in_an_environment_reaches_every_Atom_there_that_declares_it(bool xml)
    {
        var shop = await Shop.OpenAsync(engine);
        var (client, live) = (new PlatformClient(shop.Account, xml), Guid.NewGuid());
        await shop.DoAsync(
            new SetEnvironments { Enabled = true },
            new CreateEnvironment { EnvironmentId = live, Name = "Live", Classification = Classification.Production, Order = 0 },
            new AttachAtomToEnvironment { EnvironmentId = live, AtomId = shop.Production },
            new AttachAtomToEnvironment { EnvironmentId = live, AtomId = shop.Backup },
            new AttachProcessToEnvironment { EnvironmentId = live, ProcessId = shop.Orders },
            new AttachProcessToEnvironment { EnvironmentId = live, ProcessId = shop.Invoice },
            Declaring(shop),
            Shop.Deploy(shop.Orders),
            Shop.Deploy(shop.Invoice));

        (await client.PostAsync($"{Type}/{live}", Body(xml, shop, partial: true, "host", ("value", "db-1")))).ShouldBe(HttpStatusCode.OK)["connections/connection/field/value"].ShouldBe("db-1");

        foreach (var atomId in (Guid[])[shop.Production, shop.Backup]) (await OursAsync(shop, atomId)).ShouldContain("host=db-1 Set");
        await shop.DoAsync(Set(shop, shop.Production, ($"connection/{shop.Database}/host", "first")), Set(shop, shop.Backup, ($"connection/{shop.Database}/host", "second")));
        var first = string.CompareOrdinal($"{shop.Production}", $"{shop.Backup}") < 0 ? "first" : "second";
        (await client.GetAsync($"{Type}/{live}"))["connections/connection/field/value"].ShouldBe(first);
        (await client.GetAsync($"{Type}/{shop.Production}")).ShouldRefuse(HttpStatusCode.NotFound, Type);
        await client.ShouldFindAsync(Type, [$"{live}"], ("environmentId", $"{live}"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task refuses_what_is_none(bool xml)
    {
        var shop = await DeployedAsync();
        var (client, gone) = (new PlatformClient(shop.Account, xml), Guid.NewGuid());
        await shop.DoAsync(new CreateEnvironment { EnvironmentId = gone, Name = "Gone", Classification = Classification.Test, Order = 0 }, new DeleteEnvironment { EnvironmentId = gone });
        Task<PlatformAnswer> SetAsync(params (string, string)[] fields) => client.PostObjectAsync($"{Type}/{shop.Production}", Type, fields);

        (await client.PostAsync($"{Type}/{shop.Production}", Body(xml, shop, partial: true, "port", ("value", "1")))).ShouldRefuse(HttpStatusCode.BadRequest, $"connection/{shop.Database}/port", "declared by no Process");
        (await SetAsync(("colour", "red"))).ShouldRefuse(HttpStatusCode.BadRequest, "colour");
        (await SetAsync(("partial", "perhaps"))).ShouldRefuse(HttpStatusCode.BadRequest, "partial", "'perhaps'");
        (await SetAsync(("environmentId", $"{shop.Backup}"))).ShouldRefuse(HttpStatusCode.BadRequest, "environmentId", $"{shop.Production}");
        (await SetAsync(("extensionGroupId", "pack"))).ShouldRefuse(HttpStatusCode.BadRequest, "extensionGroupId");
        (await client.GetAsync($"{Type}/{gone}")).ShouldRefuse(HttpStatusCode.Gone, $"{gone}");
        (await client.PostObjectAsync($"{Type}/{gone}", Type)).ShouldRefuse(HttpStatusCode.Gone, $"{gone}");
        (await client.PostObjectAsync($"{Type}/{Guid.NewGuid()}", Type)).ShouldRefuse(HttpStatusCode.NotFound, Type);
        (await client.GetAsync($"{Type}/none")).ShouldRefuse(HttpStatusCode.NotFound, "'none'");
        await client.ShouldRefuseToFilterAsync(Type, "id", "environmentId", "extensionGroupId");
        foreach (var (group, item) in ((string, string)[])[("crossReferences", "crossReference"), ("tradingPartners", "tradingPartner"), ("PGPCertificates", "PGPCertificate"), ("sharedCommunications", "sharedCommunication")])
        {
            var body = xml
                ? new XElement(PlatformClient.Platform + Type, new XElement(PlatformClient.Platform + group, new XElement(PlatformClient.Platform + item, new XAttribute("id", "1")))).ToString()
                : $$"""{ "{{group}}": { "{{item}}": [{ "id": "1" }] } }""";
            (await client.PostAsync($"{Type}/{shop.Production}", body)).ShouldRefuse(HttpStatusCode.BadRequest, group);
        }
    }

    private static SetExtensions Set(Shop shop, Guid atomId, params (string Key, string Value)[] values) =>
        new() { ProcessId = shop.Orders, AtomId = atomId, Values = [.. values.Select(value => new ExtensionSetting(value.Key, value.Value))], Partial = true };

    private static SaveComponent Declaring(Shop shop) => shop.SaveDeclaring(
        new($"connection/{shop.Database}/host", "Host", Secret: false),
        new($"connection/{shop.Database}/password", "Password", Secret: true),
        new("operation/Operation-1/size/most", "Most", Secret: false),
        new($"processproperty/{Settings}/limit", "Limit", Secret: false),
        new("property/day", "day", Secret: false));

    /// <summary>A change of one field of the connection.</summary>
    private static string Body(bool xml, Shop shop, bool? partial, string field, params (string Name, string Value)[] values)
    {
        var said = values.Prepend(("id", field)).ToDictionary(value => value.Item1, value => value.Item2);
        return xml
            ? new XElement(
                PlatformClient.Platform + Type,
                partial is null ? null : new XAttribute("partial", partial),
                new XElement(PlatformClient.Platform + "connections", new XElement(
                    PlatformClient.Platform + "connection", new XAttribute("id", shop.Database), new XElement(PlatformClient.Platform + "field", said.Select(value => new XAttribute(value.Key, value.Value)))))).ToString()
            : JsonSerializer.Serialize(new { partial, connections = new { connection = new[] { new { id = shop.Database, field = new[] { said } } } } });
    }

    /// <summary>What our own API says of each: the end of its key, its value and its status.</summary>
    private static async Task<IEnumerable<string>> OursAsync(Shop shop, Guid? atomId = null) =>
        (await shop.Account.AskNowAsync($"/processes/{shop.Orders}/atoms/{atomId ?? shop.Production}")).Items("extensions")
            .Select(extension => $"{string.Join('/', extension.Text("key")!.Split('/').SkipWhile(part => part is "connection" or "operation" or "processproperty" or "property" or "Operation-1" or Settings || Guid.TryParse(part, out _)))}={extension.Text("value")} {extension.Text("status")}");

    private static async Task<(string? Value, string? UseDefault, string? UsesEncryption, string? EncryptedValueSet)> FieldAsync(PlatformClient client, Shop shop, string id)
    {
        var answer = await client.GetAsync($"{Type}/{shop.Production}");
        // Of the two fields of the connection the second is the password.
        var place = id == "host" ? 0 : 1;
        string? Of(string name) => answer.MediaType == "application/json"
            ? JsonElement.Parse(answer.Body).GetProperty("connections").GetProperty("connection")[0].GetProperty("field")[place] is var field && field.TryGetProperty(name, out var value) ? value.ToString().Replace("True", "true", StringComparison.Ordinal).Replace("False", "false", StringComparison.Ordinal) : null
            : (string?)XElement.Parse(answer.Body).Descendants(PlatformClient.Platform + "connection").Single().Elements(PlatformClient.Platform + "field").ElementAt(place).Attribute(name);
        Of("id").ShouldBe(id);
        return (Of("value"), Of("useDefault"), Of("usesEncryption"), Of("encryptedValueSet"));
    }

    private async Task<Shop> DeployedAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Declaring(shop), Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders));
        return shop;
    }
}
