using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using ProcessDeployment.Engine.AtomSphere;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Identity.Settings;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Asking_more_than_the_platform_allows(EngineFixture engine)
{
    [Fact]
    public async Task is_answered_503_with_when_to_come_again()
    {
        var database = await engine.NewDatabaseAsync();
        await using WebApplication app = await EngineHost.BuildAsync(
            ["--urls", "http://127.0.0.1:0"], new() { Postgres = database, LedgerFolder = engine.LedgerFolderOf(database), Sample = false, AtomSphere = new() { RequestsPerSecond = 3 } },
            cancellation: TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()), DefaultRequestHeaders = { Accept = { new("application/json") } } };

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 8; i++) answers.Add(await http.GetAsync(new Uri("/api/rest/v1/local/Toaster/1", UriKind.Relative), TestContext.Current.CancellationToken));

        answers.Take(3).ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.NotFound);
        var over = answers.First(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        over.Headers.RetryAfter.ShouldNotBeNull();
        (await over.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("3 requests a second");
        (await http.GetAsync(new Uri("/api/v1/processes", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK, "the engine's own API has limits of its own");
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void is_five_a_second_where_identity_is_configured_and_nothing_on_this_machine()
    {
        Read().RequestsPerSecond.ShouldBeNull();
        Read(IdentityOptions.Off with { ApiKeys = true }).RequestsPerSecond.ShouldBe(5);
        Read(IdentityOptions.Off with { ApiKeys = true }, ("AtomSphere:RequestsPerSecond", "off")).RequestsPerSecond.ShouldBeNull();
        Read(null, ("AtomSphere:RequestsPerSecond", "20"), ("AtomSphere:PageSize", "50")).ShouldBe(new() { RequestsPerSecond = 20, PageSize = 50 });
        Should.Throw<EngineStartException>(() => Read(null, ("AtomSphere:PageSize", "101"))).Message.ShouldContain("AtomSphere__PageSize");
        Should.Throw<EngineStartException>(() => Read(null, ("AtomSphere:Pagesize2", "1"))).Message.ShouldContain("AtomSphere__Pagesize2");
    }

    private static PlatformOptions Read(IdentityOptions? identity = null, params (string Name, string Value)[] settings) =>
        PlatformOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build(), identity ?? IdentityOptions.Off);
}
