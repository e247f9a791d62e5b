using System.Net;
using System.Text;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Sending_what_cannot_be_read(EngineFixture engine)
{
    private const string InOurs = "xmlns=\"http://api.platform.boomi.com/\"";

    [Theory]
    [InlineData("<!DOCTYPE q [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><QueryConfig xmlns=\"http://api.platform.boomi.com/\">&e;</QueryConfig>", "DTD")]
    [InlineData("<!DOCTYPE q [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><QueryConfig>&b;</QueryConfig>", "DTD")]
    [InlineData("<QueryConfig xmlns=\"http://elsewhere.example/\"/>", "http://elsewhere.example/")]
    [InlineData("<QueryConfig/>", "namespace")]
    [InlineData($"<QueryConfig {InOurs}><QueryFilter><expression operator=\"EQUALS\" property=\"name\" color=\"red\"><argument>a</argument></expression></QueryFilter></QueryConfig>", "color")]
    [InlineData($"<QueryConfig {InOurs}><Filter/></QueryConfig>", "Filter")]
    [InlineData("<QueryConfig", "XML")]
    [InlineData("", "XML")]
    public async Task in_XML_says_what_is_wrong(string body, string saying) =>
        (await new PlatformClient(await engine.NewAccountAsync(), xml: true).PostAsync("Atom/query", body.Length == 0 ? " " : body)).ShouldRefuse(HttpStatusCode.BadRequest, saying);

    [Theory]
    [InlineData("""{"QueryFilter":{"expression":{"operator":"EQUALS","property":"color","argument":["red"]}}}""", "'color'", "name, id, hostname")]
    [InlineData("""{"QueryFilter":{"expression":{"operator":"ROUGHLY","property":"name","argument":["a"]}}}""", "'ROUGHLY'", "EQUALS")]
    [InlineData("""{"QueryFilter":{"expression":{"operator":"LIKE","property":"name","argument":["a"]}}}""", "LIKE", "CONTAINS")]
    [InlineData("""{"QueryFilter":{"expression":{"operator":"EQUALS","property":"status","argument":["ASLEEP"]}}}""", "'status'", "ONLINE")]
    [InlineData("""{"QueryFilter":{"expression":{"operator":"EQUALS","property":"isCloudAttachment","argument":["maybe"]}}}""", "true or false", "maybe")]
    [InlineData("""{"QueryFilter":{"expression":{"operator":"EQUALS","property":"name","argument":["a","b"]}}}""", "1 arguments", "2")]
    [InlineData("""{"QueryFilter":{"expression":{"operator":"EQUALS","property":"name","argument":["a\u0000"]}}}""", "U+0000", "argument")]
    [InlineData("""{"QueryFilter":{"expression":{"operator":"and","property":"name"}}}""", "group", "property")]
    [InlineData("""{"QueryFilter":{"expression":{"operator":"and","nestedExpression":[]}}}""", "nestedExpression", "and")]
    [InlineData("""{"QueryFilter":{"expression":5}}""", "expression", "object")]
    [InlineData("""{"Filter":{}}""", "Filter", "QueryFilter")]
    [InlineData("""{"QueryFilter":{},"QueryFilter":{}}""", "JSON", "QueryFilter")]
    [InlineData("{", "JSON", "body")]
    public async Task in_JSON_says_what_is_wrong(string body, string saying, string and) =>
        (await new PlatformClient(await engine.NewAccountAsync()).PostAsync("Atom/query", body)).ShouldRefuse(HttpStatusCode.BadRequest, saying, and);

    [Theory, InlineData(false), InlineData(true)]
    public async Task names_the_field_and_stores_nothing(bool xml)
    {
        var client = new PlatformClient(await engine.NewAccountAsync(), xml);

        (await client.PostObjectAsync("Atom", "Atom", ("name", "Berlin"), ("colour", "red"))).ShouldRefuse(HttpStatusCode.BadRequest, "colour", "Atom");
        (await client.PostObjectAsync("Atom", "Atom", ("name", "Berlin"), ("type", "TOASTER"))).ShouldRefuse(HttpStatusCode.BadRequest, "type", "MOLECULE");
        (await client.PostObjectAsync("Atom", "Process", ("name", "Berlin"))).ShouldRefuse(HttpStatusCode.BadRequest, "must be Atom");
        (await client.PostObjectAsync("Atom", "Atom", ("hostName", "h"))).ShouldRefuse(HttpStatusCode.BadRequest, "name");
        (await client.PostObjectAsync("Atom", "Atom", ("name", new string('x', 300)))).ShouldRefuse(HttpStatusCode.BadRequest, "name", "255");
        (await client.QueryAsync("Atom")).Count.ShouldBe(0);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task names_what_there_is_where_something_else_is_asked_for(bool xml)
    {
        var client = new PlatformClient(await engine.NewAccountAsync(), xml);

        (await client.GetAsync("Toaster/1")).ShouldRefuse(HttpStatusCode.NotFound, "'Toaster'", "Atom", "Process");
        (await client.DeleteAsync("Process/1")).ShouldRefuse(HttpStatusCode.NotFound, "DELETE", "GET Process/{id}");
        (await client.GetAsync("")).ShouldRefuse(HttpStatusCode.NotFound, "Atom");
        (await client.GetAsync("Atom/not-an-id")).ShouldRefuse(HttpStatusCode.NotFound, "not-an-id");
        (await client.PostAsync("Atom", "name=Berlin", "application/x-www-form-urlencoded")).ShouldRefuse(HttpStatusCode.UnsupportedMediaType, "application/json");
        (await client.PostAsync("Atom", new string(' ', 300_000))).ShouldRefuse(HttpStatusCode.RequestEntityTooLarge, "bytes");
    }

    [Theory, InlineData("{\"name\":\"\\ud800\"}"), InlineData("{\"name\":\"a\\u0000\"}")]
    public async Task as_half_a_character_or_none_is_malformed(string body) => (await new PlatformClient(await engine.NewAccountAsync()).PostAsync("Atom", body)).ShouldBe(HttpStatusCode.BadRequest);

    [Theory, InlineData(false), InlineData(true)]
    public async Task in_the_path_is_answered_readably(bool xml) => (await new PlatformClient(await engine.NewAccountAsync(), xml).GetAsync("Toaster%01%EF%BF%BE")).ShouldRefuse(HttpStatusCode.NotFound, "Toaster");

    [Fact]
    public async Task in_Latin_1_is_malformed()
    {
        var account = await engine.NewAccountAsync();
        using var body = new ByteArrayContent(Encoding.Latin1.GetBytes("{\"name\":\"Köln\"}")) { Headers = { ContentType = new("application/json") } };
        using var answer = await account.Http.PostAsync(new Uri($"/api/rest/v1/{account.Name}/Atom", UriKind.Relative), body, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task of_many_groups_in_groups_is_turned_away_at_a_bound()
    {
        var client = new PlatformClient(await engine.NewAccountAsync());
        var nested = new StringBuilder("{\"operator\":\"EQUALS\",\"property\":\"name\",\"argument\":[\"a\"]}");
        for (var i = 0; i < 12; i++) nested.Insert(0, "{\"operator\":\"or\",\"nestedExpression\":[").Append("]}");
        var wide = string.Join(',', Enumerable.Repeat("{\"operator\":\"EQUALS\",\"property\":\"name\",\"argument\":[\"a\"]}", 101));

        (await client.PostAsync("Atom/query", $"{{\"QueryFilter\":{{\"expression\":{nested}}}}}")).ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync("Atom/query", $"{{\"QueryFilter\":{{\"expression\":{{\"operator\":\"or\",\"nestedExpression\":[{wide}]}}}}}}")).ShouldRefuse(HttpStatusCode.BadRequest, "100");
        for (var i = 0; i < 50; i++) nested.Insert(0, "{\"operator\":\"or\",\"nestedExpression\":[").Append("]}");
        (await client.PostAsync("Atom/query", $"{{\"QueryFilter\":{{\"expression\":{nested}}}}}")).ShouldRefuse(HttpStatusCode.BadRequest, "JSON");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task as_a_token_of_another_query_or_account_opens_nothing(bool xml)
    {
        var account = await engine.NewAccountAsync();
        var client = new PlatformClient(account, xml);
        for (var i = 0; i < 101; i++) await account.SendAsync(new Contracts.Commands.RegisterAtom { AtomId = Guid.NewGuid(), Name = $"Atom {i}" });
        var token = (await client.QueryAsync("Atom"))["queryToken"]!;

        (await client.PostAsync("Process/queryMore", token, "text/plain")).ShouldRefuse(HttpStatusCode.BadRequest, "queryToken");
        (await new PlatformClient(await engine.NewAccountAsync(), xml).PostAsync("Atom/queryMore", token, "text/plain")).ShouldRefuse(HttpStatusCode.BadRequest, "queryToken");
        (await client.PostAsync("Atom/queryMore", token[..^9], "text/plain")).ShouldRefuse(HttpStatusCode.BadRequest, "queryToken");
        (await client.PostAsync("Atom/queryMore", "", "text/plain")).ShouldRefuse(HttpStatusCode.BadRequest, "queryToken");
        (await client.PostAsync("Atom/queryMore", token, "text/plain")).ShouldBe(HttpStatusCode.OK).Results("id").Count.ShouldBe(1);
    }
}
