using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Homes.Routing;
using ProcessDeployment.Engine.Identity;
using ProcessDeployment.Engine.Identity.Keys;
using ProcessDeployment.Engine.Tests.Identity;

namespace ProcessDeployment.Engine.Tests.Homes;

[Collection<WithNeighbouringHomes>]
public sealed class Asking_the_wrong_home(EngineFixture engine, NeighbouringHomesFixture homes)
{
    private readonly NeighbouringHomes _homes = homes.Homes;

    [Fact]
    public async Task with_a_key_does_the_same_as_asking_the_right_one()
    {
        var key = await _homes.IssueAsync("eu", "acme");
        using HttpClient wrong = _homes.Come("main", $"Bearer {key.Text}"), right = _homes.Come("eu", $"Bearer {key.Text}");

        var (status, body) = await wrong.TellAsync(NeighbouringHomes.Registers("Berlin", out var id));

        status.ShouldBe(HttpStatusCode.OK, body);
        var outcome = JsonElement.Parse(body);
        outcome.GetProperty("commandId").GetGuid().ShouldBe(id);
        foreach (var http in (HttpClient[])[wrong, right]) (await http.AskAsync($"/api/v1/atoms?atLeast={outcome.GetProperty("position").GetInt64()}")).Body.ShouldContain("Berlin");
        (await _homes.ServicesOf("main").GetRequiredService<AccountList>().IsKnownAsync("acme", TestContext.Current.CancellationToken)).ShouldBeFalse("what is acme's is in the database of eu only");
    }

    [Fact]
    public async Task with_a_key_in_the_way_of_scripts_reaches_the_platform_API()
    {
        var key = await _homes.IssueAsync("eu", "acme");
        using var http = _homes.Come("main", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"BOOMI_TOKEN.kim:{key.Text}"))}");
        http.DefaultRequestHeaders.Accept.Add(new("application/json"));

        var (status, body) = await http.AskAsync("/api/rest/v1/acme/Account/acme");

        status.ShouldBe(HttpStatusCode.OK, body);
        body.ShouldContain("\"acme\"");
    }

    [Fact]
    public async Task with_a_token_of_the_issuer_finds_who_has_a_role_there()
    {
        await _homes.IssueAsync("eu", "acme");
        await _homes.SendAsync("eu", "acme", new SetMember { Member = "ada@example.com", Roles = [new("administrator")] });
        using HttpClient ada = Come("ada@example.com"), bob = Come("bob@example.com");

        (await ada.AskAsync("/api/v1/processes")).Status.ShouldBe(HttpStatusCode.OK);
        (await bob.AskAsync("/api/v1/processes")).ShouldSatisfyAllConditions(
            answer => answer.Status.ShouldBe(HttpStatusCode.Forbidden),
            answer => answer.Body.ShouldContain("not-allowed"));
        HttpClient Come(string name) => _homes.Come("main", $"Bearer {_homes.Issuer.Token("acme", claims: ("preferred_username", name))}");
    }

    [Fact]
    public async Task with_what_is_no_good_is_refused_by_the_home_that_knows()
    {
        var key = await _homes.IssueAsync("eu", "acme");
        using HttpClient forged = _homes.Come("main", $"Bearer {key.Text[..^2]}"), foreign = _homes.Come("main", $"Bearer {key.Text}", account: "local");

        (await forged.AskAsync("/api/v1/processes")).ShouldBeProblem(HttpStatusCode.Unauthorized, "key-unknown");
        (await foreign.AskAsync("/api/v1/processes")).ShouldBeProblem(HttpStatusCode.Forbidden, "account-not-yours");
    }

    [Theory]
    [InlineData("GET", "/deploy", 307, "deploy?process=1")]
    [InlineData("GET", "//attacker.example/deploy", 307, "/attacker.example/deploy?process=1")]
    [InlineData("POST", "/deploy", 421, null)]
    public async Task with_the_sign_in_of_a_browser_is_led_there_or_told_where_it_is(string method, string path, int status, string? to)
    {
        var services = _homes.ServicesOf("main");
        var context = new DefaultHttpContext { RequestServices = services, Request = { Method = method, Path = path, QueryString = new("?process=1") } };
        context.Features.Set(new Identified(new("acme", "kim@example.com", Authority.OfActor), null));

        await new HomeOfCaller(_ => throw new InvalidOperationException("It is not here."), services.GetRequiredService<Placement>(), services.GetRequiredService<HomeForwarder>()).InvokeAsync(context);

        context.Response.StatusCode.ShouldBe(status);
        if (to is not null) context.Response.Headers.Location.ToString().ShouldBe($"{_homes.UrlOf("eu")}{to}");
    }

    [Fact]
    public async Task about_changes_hears_of_them_as_they_happen()
    {
        var key = await _homes.IssueAsync("eu", "acme");
        using var http = _homes.Come("main", $"Bearer {key.Text}");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/changes") { Headers = { Accept = { new("text/event-stream") } } };
        using var stream = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        stream.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        var position = (await _homes.SendAsync("eu", "acme", new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "Live" })).Position;

        while (true)
        {
            var line = (await lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken)).ShouldNotBeNull("the stream ended");
            if (line.StartsWith("data:", StringComparison.Ordinal) && line.Contains($"\"position\":{position}", StringComparison.Ordinal)) break;
        }
    }

    [Fact]
    public async Task by_the_form_of_the_pages_is_told_where_to_come_in()
    {
        var key = await _homes.IssueAsync("eu", "acme");
        using var browser = new Browsing(_homes.Come("main"));

        var (_, refused) = await browser.FillInAsync("/sign-in?return=%2Fdeploy", ("key", key.Text));

        refused.ShouldContain("eu");
        refused.ShouldContain(_homes.UrlOf("eu").ToString());
    }

    [Fact]
    public async Task of_an_account_that_is_nobodys_is_refused_as_ever()
    {
        using var http = _homes.Come("main", $"Bearer {_homes.Issuer.Token("nobodys")}");

        (await http.AskAsync("/api/v1/processes")).ShouldBeProblem(HttpStatusCode.Forbidden, "unknown-account");
    }

    [Fact]
    public async Task sends_no_cookie_along_and_brings_none_back()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        await using var other = builder.Build();
        other.MapGet("/api/v1/atoms", (HttpContext context) =>
        {
            context.Response.Cookies.Append("pd-sign-in", "of the other");
            return Results.Text(string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}")));
        });
        await other.StartAsync(TestContext.Current.CancellationToken);
        var key = ApiKeyText.New("globex", Guid.NewGuid());
        await using var main = await NeighbouringHomes.StartAloneAsync(engine, new("other", new(other.Urls.First()), ["globex"]));
        using var http = main.Come("main", $"Bearer {key.Text}");
        http.DefaultRequestHeaders.Add("Cookie", "pd-sign-in=of-main");

        using var answer = await http.GetAsync(new Uri("/api/v1/atoms", UriKind.Relative), TestContext.Current.CancellationToken);

        var seen = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        seen.ShouldContain($"Authorization: Bearer {key.Text}");
        seen.ShouldContain("X-Forwarded-For: 127.0.0.1");
        seen.ShouldContain($"Host: {new Uri(other.Urls.First()).Authority}");
        seen.ShouldNotContain("Cookie");
        seen.ShouldNotContain("X-Forwarded-Host");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task to_make_an_account_that_the_other_has_says_so()
    {
        using var http = _homes.Come("main", $"Bearer {_homes.Issuer.Token("local", claims: ("roles", "engine-operator"))}");

        (await http.TellAsync(new StringContent("""{"accountId":"acme"}""", Encoding.UTF8, "application/json"), "/api/v1/accounts")).ShouldBeProblem(HttpStatusCode.Conflict, "account-elsewhere");
    }

    [Fact]
    public async Task of_an_account_that_each_says_the_other_has_ends()
    {
        var key = await _homes.IssueAsync("eu", "acme");
        using var http = _homes.Come("main", $"Bearer {key.Text}");
        http.DefaultRequestHeaders.Add("Process-Deployment-Hops", "3");

        (await http.AskAsync("/api/v1/processes")).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "account-moving");
    }
}
