using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Identity.SignIn;

namespace ProcessDeployment.Engine.Tests.Identity;

[Collection<WithIdentity>]
public sealed class Signing_in_to_the_pages(IdentityEngines engines) : IAsyncLifetime
{
    private IdentityEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await engines.OneAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task is_asked_of_whoever_opens_one_and_leads_back_to_it()
    {
        using var browser = new Browsing(_engine.Come());

        var (asked, form) = await browser.GetAsync("/audit?text=deploy");
        (asked.StatusCode, asked.RequestMessage!.RequestUri!.PathAndQuery).ShouldBe((HttpStatusCode.OK, "/sign-in?return=%2Faudit%3Ftext%3Ddeploy"));
        form.ShouldContain("API key");
        var (page, _) = await browser.FillInAsync("/sign-in?return=%2Faudit%3Ftext%3Ddeploy", ("key", (await _engine.IssueAsync("acme", "kim")).Text));

        (page.StatusCode, page.RequestMessage!.RequestUri!.PathAndQuery).ShouldBe((HttpStatusCode.OK, "/audit?text=deploy"));
        var said = browser.Said.Single(cookie => cookie.StartsWith("pd-sign-in=", StringComparison.Ordinal));
        said.ShouldContain("httponly");
        said.ShouldContain("samesite=lax");
    }

    [Fact]
    public async Task shows_the_account_of_the_key_and_its_name()
    {
        using var browser = await EnterAsync("acme", "kim");

        var (response, page) = await browser.GetAsync("/deploy");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.ShouldContain("key:kim");
        page.ShouldContain("/sign-out");
        page.ShouldNotContain("Single user");
        page.ShouldNotContain("sign-in has ended");
    }

    [Theory]
    [InlineData("//attacker.example")]
    [InlineData("https://attacker.example")]
    [InlineData("/\\attacker.example")]
    [InlineData("javascript:alert(1)")]
    public async Task leads_nowhere_else(string back)
    {
        using var http = _engine.Come();
        using var browser = new Browsing(http);

        var (page, _) = await browser.FillInAsync($"/sign-in?return={Uri.EscapeDataString(back)}", ("key", (await _engine.IssueAsync("acme", "kim")).Text));

        page.RequestMessage!.RequestUri!.Host.ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task with_a_wrong_key_says_so_and_counts_as_a_failure()
    {
        using var browser = new Browsing(_engine.Come());
        for (var i = 0; i < 20; i++)
        {
            var (wrong, text) = await browser.FillInAsync("/sign-in", ("key", "pdak_wrong"));
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            text.ShouldContain("This key is not known");
        }

        (await browser.FillInAsync("/sign-in", ("key", (await _engine.IssueAsync("acme", "kim")).Text))).Response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task takes_only_forms_of_its_own()
    {
        using var browser = new Browsing(_engine.Come());
        await browser.GetAsync("/sign-in");

        var (response, _) = await browser.SendAsync(HttpMethod.Post, "/sign-in", Browsing.Form(("key", (await _engine.IssueAsync("acme", "kim")).Text), ("return", "/")));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        browser.Cookie("pd-sign-in").ShouldBeNull();
        using var signed = await EnterAsync("acme", "kim");
        (await signed.SendAsync(HttpMethod.Post, "/sign-out", Browsing.Form())).Response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await signed.GetAsync("/deploy")).Response.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/deploy", "still signed in");
    }

    [Fact]
    public async Task lets_a_browser_read_the_API_for_our_own_pages_and_change_nothing()
    {
        using var browser = await EnterAsync("acme", "kim");
        async Task<HttpStatusCode> StatusAsync(HttpMethod method, params (string, string)[] headers) => (await browser.SendAsync(method, "/api/v1/processes", null, headers)).Response.StatusCode;

        (await StatusAsync(HttpMethod.Get, ("Sec-Fetch-Site", "same-origin"))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(HttpMethod.Get, ("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "navigate"))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(HttpMethod.Get, ("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "cors"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(HttpMethod.Get, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(HttpMethod.Get)).ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch])
            (await browser.SendAsync(method, "/api/v1/commands", null, ("Sec-Fetch-Site", "same-origin"))).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, method.Method);
    }

    [Fact]
    public async Task ends_with_signing_out_for_whoever_kept_the_cookie_too()
    {
        using var browser = await EnterAsync("acme", "kim");
        var kept = browser.Cookie("pd-sign-in");

        (await browser.FillInAsync("/sign-out")).Body.ShouldContain("You are signed out");

        browser.Cookie("pd-sign-in").ShouldBeNull();
        using var thief = _engine.Come();
        thief.DefaultRequestHeaders.Add("Cookie", $"pd-sign-in={kept}");
        (await thief.GetAsync(new Uri("/deploy", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task ends_when_its_key_is_revoked()
    {
        var key = await _engine.IssueAsync("acme", "kim");
        using var browser = new Browsing(_engine.Come());
        await browser.FillInAsync("/sign-in", ("key", key.Text));

        await _engine.RevokeAsync(key);

        (await browser.GetAsync("/deploy")).Response.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task gives_pages_tickets_that_are_good_here_only_and_for_a_minute()
    {
        var tickets = _engine.Services.GetRequiredService<PageTickets>();
        var user = new PageUser(Guid.NewGuid(), ["acme"], "kim@example.com", AuthorityKind.Actor, null, DateTimeOffset.UtcNow.AddHours(1));
        var ticket = tickets.For(user.ToPrincipal())!;

        (await _engine.AskAsync($"Bearer {ticket}")).Status.ShouldBe(HttpStatusCode.OK);
        using var outside = _engine.Come($"Bearer {ticket}");
        outside.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");
        (await outside.GetAsync(new Uri("/api/v1/processes", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "it was handed on, and not over TLS");
        (await _engine.AskAsync($"Bearer {ticket[..^2]}AA")).ShouldBe((HttpStatusCode.Unauthorized, "token-invalid"));
        (await _engine.AskAsync("Bearer pdpt_")).ShouldBe((HttpStatusCode.Unauthorized, "token-invalid"));
        var another = new PageTickets(new(TimeProvider.System), null!, _engine.Services.GetRequiredService<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>(), TimeProvider.System);
        (await _engine.AskAsync($"Bearer {another.For(user.ToPrincipal())}")).ShouldBe((HttpStatusCode.Unauthorized, "token-invalid"), "made by another process");
        tickets.For((user with { Ends = DateTimeOffset.UtcNow.AddSeconds(-1) }).ToPrincipal()).ShouldBeNull();
        _engine.Services.GetRequiredService<EndedSignIns>().End(user);
        (await _engine.AskAsync($"Bearer {ticket}")).ShouldBe((HttpStatusCode.Unauthorized, "sign-in-ended"));
    }

    [Fact]
    public void lets_a_page_go_on_for_the_same_person_only()
    {
        var tickets = _engine.Services.GetRequiredService<PageTickets>();
        var former = new PageUser(Guid.NewGuid(), ["acme"], "kim@example.com", AuthorityKind.Actor, null, DateTimeOffset.UtcNow.AddHours(-1));
        string Grant(string actor, params string[] accounts) => tickets.Grant(new(Guid.NewGuid(), accounts, actor, AuthorityKind.Actor, null, DateTimeOffset.UtcNow.AddHours(1)));

        PageUser.Of(tickets.Renew(former.ToPrincipal(), Grant("kim@example.com", "other", "acme"))!)!.AccountId.ShouldBe("acme");
        tickets.Renew(former.ToPrincipal(), Grant("sam@example.com", "acme")).ShouldBeNull();
        tickets.Renew(former.ToPrincipal(), Grant("kim@example.com", "other")).ShouldBeNull();
        tickets.Renew(former.ToPrincipal(), "nonsense").ShouldBeNull();
    }

    [Fact]
    public async Task tells_of_a_sign_in_to_pages_of_its_own_only()
    {
        using var browser = await EnterAsync("acme", "kim");

        (await browser.GetAsync("/session", ("Sec-Fetch-Site", "same-origin"))).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync("/session", ("Sec-Fetch-Site", "cross-site"))).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.GetAsync("/session")).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var stranger = new Browsing(_engine.Come());
        (await stranger.GetAsync("/session", ("Sec-Fetch-Site", "same-origin"))).Response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private async Task<Browsing> EnterAsync(string account, string name)
    {
        var browser = new Browsing(_engine.Come());
        await browser.FillInAsync("/sign-in", ("key", (await _engine.IssueAsync(account, name)).Text));
        browser.Cookie("pd-sign-in").ShouldNotBeNull();
        return browser;
    }
}
