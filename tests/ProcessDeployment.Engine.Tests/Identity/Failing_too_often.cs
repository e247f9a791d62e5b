using System.Net;
using ProcessDeployment.Engine.Identity.Limiting;

namespace ProcessDeployment.Engine.Tests.Identity;

[Collection<WithIdentity>]
public sealed class Failing_too_often(IdentityEngines engines)
{
    [Fact]
    public async Task is_turned_away_before_anything_is_looked_at_and_nobody_else_is()
    {
        var engine = await engines.OneAsync();
        using var guesser = engine.Come("Bearer wrong");
        for (var i = 0; i < FailureLimit.Most; i++) (await StatusAsync(guesser)).ShouldBe(HttpStatusCode.Unauthorized);

        guesser.DefaultRequestHeaders.Authorization = new("Bearer", engine.Issuer.Token("acme"));
        using var response = await guesser.GetAsync(new Uri("/api/v1/processes", UriKind.Relative), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), FailureLimit.Window);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await engine.AskAsync($"Bearer {engine.Issuer.Token("acme")}")).Status.ShouldBe(HttpStatusCode.OK);
        (await engine.AskAsync(null, "/health/live")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task is_not_what_a_client_does_whose_token_was_good_once()
    {
        var engine = await engines.OneAsync();
        using var late = engine.Come($"Bearer {engine.Issuer.Token("acme", from: TimeSpan.FromMinutes(-9), until: TimeSpan.FromMinutes(-2))}");
        for (var i = 0; i <= FailureLimit.Most; i++) (await StatusAsync(late)).ShouldBe(HttpStatusCode.Unauthorized);

        late.DefaultRequestHeaders.Authorization = new("Bearer", engine.Issuer.Token("acme"));

        (await StatusAsync(late)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void is_forgiven_after_a_while()
    {
        var time = new MovedClock();
        var (limit, address) = (new FailureLimit(time), IPAddress.Parse("192.0.2.7"));
        for (var i = 0; i < FailureLimit.Most; i++) limit.Count(address);
        limit.WaitOf(address).ShouldBe(10);

        time.Move(FailureLimit.Window);

        limit.WaitOf(address).ShouldBeNull();
        limit.Count(address);
        limit.WaitOf(address).ShouldBeNull("counting begins anew");
    }

    [Fact]
    public void counts_a_network_of_ipv6_as_one_and_an_address_in_either_form_as_the_same()
    {
        var limit = new FailureLimit(new MovedClock());
        for (var i = 0; i < FailureLimit.Most; i++) limit.Count(IPAddress.Parse($"2001:db8:1:2::{i:x}"));
        for (var i = 0; i < FailureLimit.Most; i++) limit.Count(IPAddress.Parse("::ffff:192.0.2.7"));

        limit.WaitOf(IPAddress.Parse("2001:db8:1:2:ffff::1")).ShouldNotBeNull();
        limit.WaitOf(IPAddress.Parse("2001:db8:1:3::1")).ShouldBeNull();
        limit.WaitOf(IPAddress.Parse("192.0.2.7")).ShouldNotBeNull();
        limit.WaitOf(IPAddress.Parse("192.0.2.8")).ShouldBeNull();
    }

    [Fact]
    public void is_counted_in_memory_that_has_an_end_and_told_once_a_minute()
    {
        var time = new MovedClock();
        var limit = new FailureLimit(time);
        for (var i = 0; i < 30_000; i++) limit.Count(new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]));
        limit.Addresses.ShouldBeLessThanOrEqualTo(10_000);

        time.Move(TimeSpan.FromMinutes(5));
        var address = IPAddress.Parse("192.0.2.7");
        Enumerable.Range(0, 50).Sum(_ => limit.Count(address)).ShouldBe(1);
        time.Move(TimeSpan.FromMinutes(1));
        limit.Count(address).ShouldBe(50, "those that were not told of, and this one");
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http) => (await http.GetAsync(new Uri("/api/v1/processes", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode;
}
