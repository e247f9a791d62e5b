using System.Net;
using System.Text;
using ProcessDeployment.Engine.Tests.Identity;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

[Collection<WithIdentity>]
public sealed class Being_asked_by_a_browser(IdentityEngines engines)
{
    [Theory, InlineData("/api/rest/v1"), InlineData("/partner/api/rest/v1")]
    public async Task with_the_cookie_of_the_pages_opens_nothing(string root)
    {
        var engine = await engines.OneAsync();
        using var browser = new Browsing(engine.Come());
        await browser.FillInAsync("/sign-in?return=%2Fdeploy", ("key", (await engine.IssueAsync("acme", "kim")).Text));
        browser.Cookie("pd-sign-in").ShouldNotBeNull();

        var (asked, _) = await browser.SendAsync(HttpMethod.Post, $"{root}/acme/Environment", new StringContent("{\"name\":\"x\"}", Encoding.UTF8, "application/json"));
        var (read, _) = await browser.GetAsync($"{root}/acme/Account/acme");

        asked.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        read.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        asked.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme).ShouldBe(["Bearer", "Basic"]);
    }
}
