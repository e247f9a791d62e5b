using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Tests.Http;

public sealed class Reaching_the_engine(EngineFixture engine)
{
    [Fact]
    public async Task by_a_name_of_somebody_else_is_refused()
    {
        using var http = new HttpClient { BaseAddress = engine.Url };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/processes") { Headers = { Host = "attacker.example" } };

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Theory]
    [InlineData("192.0.2.7", "localhost", 403)]
    [InlineData("::ffff:192.0.2.7", "localhost", 403)]
    [InlineData("127.0.0.1", "attacker.example", 421)]
    [InlineData("127.0.0.1", "127.0.0.1.attacker.example", 421)]
    [InlineData("127.0.0.1", "", 421)]
    [InlineData("127.0.0.1", "localhost:5080", 200)]
    [InlineData("::1", "[::1]:5080", 200)]
    [InlineData("::ffff:127.0.0.1", "LOCALHOST", 200)]
    public async Task is_for_this_machine_only_while_no_identity_is_configured(string from, string host, int status)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(from) }, Request = { Host = new(host) } };

        await new LoopbackGuard(static _ => Task.CompletedTask).InvokeAsync(context);

        context.Response.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("DELETE", "/api/v1/commands", 405)]
    public async Task where_there_is_nothing_answers_with_problem_details(string method, string path, int status)
    {
        using var http = new HttpClient { BaseAddress = engine.Url };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task lets_no_other_origin_read_answers()
    {
        using var http = new HttpClient { BaseAddress = engine.Url, DefaultRequestHeaders = { { "Origin", "https://attacker.example" } } };

        using var response = await http.GetAsync(new Uri("/api/v1/accounts", UriKind.Relative), TestContext.Current.CancellationToken);

        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task finds_the_API_described_with_every_route_and_examples()
    {
        using var http = new HttpClient { BaseAddress = engine.Url };

        var description = JsonElement.Parse(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken));

        description.GetProperty("openapi").GetString().ShouldStartWith("3.1");
        var paths = description.GetProperty("paths").EnumerateObject().ToList();
        paths.ShouldAllBe(path => path.Name.StartsWith("/api/v1/", StringComparison.Ordinal));
        paths.SelectMany(path => path.Value.EnumerateObject()).ShouldAllBe(operation => operation.Value.ToString().Contains("\"summary\"", StringComparison.Ordinal));
        description.GetProperty("paths").GetProperty("/api/v1/commands").GetProperty("post").GetProperty("requestBody").GetProperty("content")
            .GetProperty("application/cloudevents+json").GetProperty("examples").EnumerateObject().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task finds_what_each_parameter_means_in_its_question()
    {
        using var http = new HttpClient { BaseAddress = engine.Url };

        var description = JsonElement.Parse(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken));

        var described = description.GetProperty("paths").EnumerateObject()
            .Where(path => path.Value.TryGetProperty("get", out var get) && get.TryGetProperty("parameters", out _))
            .SelectMany(path => path.Value.GetProperty("get").GetProperty("parameters").EnumerateArray()
                .Where(parameter => parameter.GetProperty("in").GetString() == "query")
                .Select(parameter => (Path: path.Name["/api/v1".Length..], Name: parameter.GetProperty("name").GetString(), Text: parameter.GetProperty("description").GetString()!)))
            .ToList();
        described.ShouldAllBe(parameter => parameter.Text.Contains(' ', StringComparison.Ordinal));
        string Of(string path, string name) => described.Single(parameter => parameter.Path == path && parameter.Name == name).Text;
        Of("/components", "type").ShouldContain("components");
        Of("/audit", "type").ShouldContain("event or a command");
        Of("/components", "id").ShouldContain("component");
        Of("/changes", "after").ShouldContain("position");
        described.ShouldContain(parameter => parameter.Path == "/processes" && parameter.Name == "atLeast");
        described.ShouldNotContain(parameter => (parameter.Path == "/dead-letters" || parameter.Path == "/commands/{id}") && parameter.Name == "atLeast");
    }

    [Fact]
    public async Task takes_every_example_of_the_description()
    {
        var account = await engine.NewAccountAsync();
        foreach (var example in CommandExamples.Single.Values)
        {
            var (status, body) = await account.PostAsync(example.Value!.ToJsonString());
            status.ShouldBe(HttpStatusCode.OK, body.ToString());
        }
    }

    [Theory]
    [InlineData("application/json; charset=foo")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/cloudevents+json")]
    [InlineData("text/plain")]
    public async Task adds_no_account_in_an_encoding_or_type_it_does_not_read(string contentType)
    {
        using var http = new HttpClient { BaseAddress = engine.Url };

        var (status, problem) = await http.PostTextAsync($$"""{"accountId":"t-{{Guid.NewGuid():n}}"}""", contentType, "/api/v1/accounts");

        status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        problem.GetProperty("code").GetString().ShouldBe("unsupported-content-type");
    }

    [Fact]
    public async Task adds_and_lists_accounts()
    {
        using var http = new HttpClient { BaseAddress = engine.Url };
        var name = $"t-{Guid.NewGuid():n}";

        var (made, _) = await http.PostTextAsync($$"""{"accountId":"{{name}}"}""", "application/json", "/api/v1/accounts");
        var (again, _) = await http.PostTextAsync($$"""{"accountId":"{{name}}"}""", "application/json", "/api/v1/accounts");
        var (malformed, problem) = await http.PostTextAsync("""{"accountId":"Not An Account"}""", "application/json", "/api/v1/accounts");

        (made, again, malformed).ShouldBe((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.BadRequest));
        problem.GetProperty("errors")[0].GetProperty("member").GetString().ShouldBe("accountId");
        (await http.GetStringAsync(new Uri("/api/v1/accounts", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldContain(name);
    }
}
