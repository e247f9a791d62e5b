using System.Net;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Tests.Http;

namespace ProcessDeployment.Engine.Tests.Identity;

[Collection<WithIdentity>]
public sealed class Coming_in_with_a_token(IdentityEngines engines) : IAsyncLifetime
{
    private IdentityEngine _engine = null!;

    private LocalIssuer Issuer => _engine.Issuer;

    public async ValueTask InitializeAsync() => _engine = await engines.OneAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task opens_the_account_it_names()
    {
        (await _engine.AskAsync($"Bearer {Issuer.Token("acme")}")).Status.ShouldBe(HttpStatusCode.OK);
        (await _engine.AskAsync($"Bearer {Issuer.Token("acme", type: "JWT")}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task is_needed_for_everything_that_does_not_say_otherwise()
    {
        (await _engine.AskAsync(null)).ShouldBe((HttpStatusCode.Unauthorized, "credentials-missing"));
        (await _engine.AskAsync(null, "/nothing")).ShouldBe((HttpStatusCode.Unauthorized, "credentials-missing"));
        (await _engine.AskAsync(null, "/health/live")).Status.ShouldBe(HttpStatusCode.OK);
        (await _engine.AskAsync(null, "/health/ready")).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
        (await _engine.AskAsync("Bearer nonsense", "/health/live")).Status.ShouldBe(HttpStatusCode.OK);
        (await _engine.AskAsync(null, "/_content/ProcessDeployment.Web/pages.css")).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Unauthorized);
        using var http = _engine.Come();
        using var refused = await http.GetAsync(new Uri("/api/v1/processes", UriKind.Relative), TestContext.Current.CancellationToken);
        refused.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
        refused.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task that_is_over_or_not_yet_good_lets_nobody_in_but_for_a_clock_that_is_a_little_wrong()
    {
        (await _engine.AskAsync($"Bearer {Issuer.Token("acme", until: TimeSpan.FromSeconds(-40))}")).ShouldBe((HttpStatusCode.Unauthorized, "token-expired"));
        (await _engine.AskAsync($"Bearer {Issuer.Token("acme", until: TimeSpan.FromSeconds(-10))}")).Status.ShouldBe(HttpStatusCode.OK);
        (await _engine.AskAsync($"Bearer {Issuer.Token("acme", from: TimeSpan.FromSeconds(60))}")).ShouldBe((HttpStatusCode.Unauthorized, "token-not-yet-valid"));
        (await _engine.AskAsync($"Bearer {Issuer.Token("acme", from: TimeSpan.FromSeconds(10))}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task of_another_issuer_for_somebody_else_or_of_another_kind_lets_nobody_in()
    {
        await RefusedAsync(Issuer.Token("acme", audience: "another-program"));
        await RefusedAsync(Issuer.Token("acme", issuer: "https://login.attacker.example"));
        await RefusedAsync(Issuer.Token("acme", type: "logout+jwt"));
        await RefusedAsync("nonsense");
        await RefusedAsync("a.b.c");
        await RefusedAsync(new string('a', 20_000));
    }

    [Fact]
    public async Task without_a_signature_or_with_one_that_anybody_can_make_lets_nobody_in()
    {
        var (header, payload) = (Encode("""{"alg":"none","typ":"at+jwt","kid":"first"}"""), Issuer.Token("acme").Split('.')[1]);
        await RefusedAsync($"{header}.{payload}.");
        var published = ((RsaSecurityKey)Issuer.Key.Key).Rsa.ExportSubjectPublicKeyInfoPem();
        foreach (var secret in (byte[][])[Encoding.UTF8.GetBytes(published), ((RsaSecurityKey)Issuer.Key.Key).Rsa.ExportSubjectPublicKeyInfo()])
            await RefusedAsync(Issuer.Token("acme", key: new(new SymmetricSecurityKey(secret) { KeyId = Issuer.Key.Key.KeyId }, SecurityAlgorithms.HmacSha256)));
        var good = Issuer.Token("acme").Split('.');
        await RefusedAsync($"{good[0]}.{Issuer.Token("other").Split('.')[1]}.{good[2]}");
    }

    [Theory]
    [InlineData("nobody-knows-it")]
    [InlineData("../../../../dev/null")]
    [InlineData("' or 1=1 --")]
    public async Task signed_with_a_key_of_the_senders_lets_nobody_in_whatever_it_is_called(string id)
    {
        await RefusedAsync(Issuer.Token("acme", key: LocalIssuer.NewKey(id)));
        await RefusedAsync(Issuer.Token("acme", key: new(LocalIssuer.NewKey(Issuer.Key.Key.KeyId).Key, SecurityAlgorithms.RsaSha256)));
    }

    [Fact]
    public async Task says_in_vain_where_to_find_its_key()
    {
        await using var attacker = await LocalIssuer.StartAsync();
        foreach (var place in (string[])["jku", "x5u"])
            await RefusedAsync(Issuer.Token("acme", key: attacker.Key, header: new() { [place] = $"{attacker.Url}/keys" }));
        attacker.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task of_an_account_that_there_is_not_or_of_none_is_refused()
    {
        (await _engine.AskAsync($"Bearer {Issuer.Token("nowhere")}")).ShouldBe((HttpStatusCode.Forbidden, "unknown-account"));
        (await _engine.AskAsync($"Bearer {Issuer.Token("acme'; drop table x; --")}")).ShouldBe((HttpStatusCode.Forbidden, "unknown-account"));
        (await _engine.AskAsync($"Bearer {Issuer.Token("acme", claims: [("account", Array.Empty<string>())])}")).ShouldBe((HttpStatusCode.Forbidden, "no-account"));
        var later = $"t-{Guid.NewGuid():n}";
        (await _engine.AskAsync($"Bearer {Issuer.Token(later)}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        await _engine.AddAccountAsync(later);
        (await _engine.AskAsync($"Bearer {Issuer.Token(later)}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task of_several_accounts_says_which_one_is_meant()
    {
        var token = $"Bearer {Issuer.Token("", claims: [("account", (string[])["acme", "other", "nowhere"])])}";

        (await _engine.AskAsync(token)).ShouldBe((HttpStatusCode.BadRequest, "account-needed"));
        (await _engine.AskAsync(token, account: "other")).Status.ShouldBe(HttpStatusCode.OK);
        (await _engine.AskAsync(token, account: "local")).ShouldBe((HttpStatusCode.Forbidden, "account-not-yours"));
        (await _engine.AskAsync(token, account: "nowhere")).ShouldBe((HttpStatusCode.Forbidden, "unknown-account"));
        (await _engine.AskAsync($"Bearer {Issuer.Token("acme")}", account: "other")).ShouldBe((HttpStatusCode.Forbidden, "account-not-yours"));
    }

    [Fact]
    public async Task with_a_new_key_of_the_issuer_lets_in_without_a_restart_and_invented_keys_are_not_asked_for_each_time()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        var time = new MovedClock();
        using var keys = new ProcessDeployment.Engine.Identity.Tokens.IssuerKeys(new() { Authority = issuer.Url }, time, Microsoft.Extensions.Logging.Abstractions.NullLogger<ProcessDeployment.Engine.Identity.Tokens.IssuerKeys>.Instance);
        var first = await keys.GetConfigurationAsync(TestContext.Current.CancellationToken);
        (await keys.NewerAsync(first, TestContext.Current.CancellationToken)).ShouldBeNull("it was asked a moment ago");
        issuer.Rotate(LocalIssuer.NewCurveKey("second"));
        time.Move(TimeSpan.FromSeconds(61));

        (await keys.NewerAsync(first, TestContext.Current.CancellationToken))!.SigningKeys.ShouldContain(key => key.KeyId == "second");
        var asked = issuer.Asked;
        for (var i = 0; i < 20; i++) await keys.NewerAsync(await keys.GetConfigurationAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        issuer.Asked.ShouldBe(asked);
        issuer.Rotate(LocalIssuer.NewKey("third"), keepFormer: false);
        time.Move(TimeSpan.FromMinutes(11));
        (await keys.GetConfigurationAsync(TestContext.Current.CancellationToken)).SigningKeys.ShouldHaveSingleItem().KeyId.ShouldBe("third", "what was taken back is over");
    }

    [Fact]
    public async Task goes_on_by_the_keys_of_before_while_the_issuer_hangs()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        var time = new MovedClock();
        using var keys = new ProcessDeployment.Engine.Identity.Tokens.IssuerKeys(new() { Authority = issuer.Url }, time, Microsoft.Extensions.Logging.Abstractions.NullLogger<ProcessDeployment.Engine.Identity.Tokens.IssuerKeys>.Instance);
        var first = await keys.GetConfigurationAsync(TestContext.Current.CancellationToken);
        var answer = new TaskCompletionSource();
        issuer.Answering = answer.Task;
        time.Move(TimeSpan.FromMinutes(11));

        var asking = keys.GetConfigurationAsync(TestContext.Current.CancellationToken);
        (await keys.GetConfigurationAsync(TestContext.Current.CancellationToken)).ShouldBeSameAs(first, "somebody asks already");
        asking.IsCompleted.ShouldBeFalse("a key that was taken back is not trusted without having asked");
        (await asking).ShouldBeSameAs(first);
        answer.SetResult();
    }

    [Fact]
    public void calls_people_by_the_one_claim_that_the_settings_name()
    {
        var claims = new System.Security.Claims.ClaimsIdentity([new("preferred_username", "admin"), new("sub", "4711")]);

        ProcessDeployment.Engine.Identity.Tokens.ActorOfToken.Of(claims).ShouldBe("admin");
        ProcessDeployment.Engine.Identity.Tokens.ActorOfToken.Of(claims, "sub").ShouldBe("4711");
        ProcessDeployment.Engine.Identity.Tokens.ActorOfToken.Of(claims, "upn").ShouldBeNull("not by another one either");
    }

    [Fact]
    public async Task gives_account_and_actor_which_a_body_cannot_contradict()
    {
        using var http = _engine.Come($"Bearer {Issuer.Token("acme", claims: ("preferred_username", $"sam-{Guid.NewGuid():n}"))}");
        static string Saving(string? account, string? actor) => Encoding.UTF8.GetString(CommandWriter.ToCloudEvent(
            Guid.CreateVersion7(), "//tests", new SaveComponent { ComponentId = Guid.CreateVersion7(), ComponentType = "process", Name = "named", Content = "<process/>", AccountId = account, Actor = actor }));

        (await http.PostTextAsync(Saving("other", null), "application/cloudevents+json")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await http.PostTextAsync(Saving(null, "somebody@else"), "application/cloudevents+json")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await http.PostTextAsync(Saving(null, null), "application/cloudevents+json")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/api/v1/accounts")]
    [InlineData("/api/v1/rebuilds")]
    public async Task opens_what_is_the_operators_to_the_operator_only(string path)
    {
        (await _engine.AskAsync($"Bearer {Issuer.Token("local")}", path)).ShouldBe((HttpStatusCode.Forbidden, "operator-only"));
        (await _engine.AskAsync($"Bearer {Issuer.Token("acme", claims: ("roles", (string[])["reader", "engine-operator"]))}", path)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    public async Task opens_metrics_and_description_to_the_operator_and_to_this_machine(string path)
    {
        using var handedOn = _engine.Come();
        handedOn.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");
        (await handedOn.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "it is from another machine, and not over TLS");
        handedOn.DefaultRequestHeaders.Add("Authorization", $"Bearer {Issuer.Token("acme")}");
        (await handedOn.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var here = _engine.Come();
        (await here.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task RefusedAsync(string token) => (await _engine.AskAsync($"Bearer {token}")).ShouldBe((HttpStatusCode.Unauthorized, "token-invalid"), token);

    private static string Encode(string text) => Base64UrlEncoder.Encode(text);
}

/// <summary>A clock that goes when it is told to.</summary>
internal sealed class MovedClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(TimeSpan by) => _now += by;
}
