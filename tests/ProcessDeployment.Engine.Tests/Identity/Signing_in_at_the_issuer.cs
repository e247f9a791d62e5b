using System.Net;

namespace ProcessDeployment.Engine.Tests.Identity;

public sealed class Signing_in_at_the_issuer(EngineFixture engine)
{
    [Fact]
    public async Task leads_to_the_page_that_was_asked_for_and_lasts_beyond_a_restart()
    {
        await using var own = await IdentityEngine.StartAsync(engine, issuer => IdentityEngine.Usual(issuer) with { ClientId = "pages" });
        own.Issuer.Somebody = [("account", "acme")];
        using var browser = new Browsing(own.Come());

        var (page, text) = await browser.GetAsync("/audit?text=x");

        (page.StatusCode, page.RequestMessage!.RequestUri!.PathAndQuery).ShouldBe((HttpStatusCode.OK, "/audit?text=x"));
        text.ShouldContain("kim@example.com");

        own.Issuer.Somebody = [("account", (string[])["acme", "other"])];
        using var several = new Browsing(own.Come());
        (await several.GetAsync("/audit")).Body.ShouldContain("Choose the account");
        (await several.FillInAsync("/sign-in/account?return=/deploy", ("account", "local"))).Response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await several.FillInAsync("/sign-in/account?return=/deploy", ("account", "other"))).Body.ShouldContain("in the account other");

        own.Issuer.Somebody = [("account", "nowhere")];
        using var stranger = new Browsing(own.Come());
        var (refused, why) = await stranger.GetAsync("/audit");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        why.ShouldContain("You are not signed in");
        stranger.Cookie("pd-sign-in").ShouldBeNull();

        var cookie = browser.Cookie("pd-sign-in");
        await own.StartAgainAsync();
        using var later = own.Come();
        (await later.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        later.DefaultRequestHeaders.Add("Cookie", $"pd-sign-in={cookie}");
        (await later.GetAsync(new Uri("/deploy", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
