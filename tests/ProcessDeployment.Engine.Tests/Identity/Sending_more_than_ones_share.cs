using System.Net;
using ProcessDeployment.Engine.Tests.Http;

namespace ProcessDeployment.Engine.Tests.Identity;

[Collection<WithIdentity>]
public sealed class Sending_more_than_ones_share(IdentityEngines engines)
{
    [Fact]
    public async Task is_put_off_and_costs_nobody_else_anything()
    {
        var engine = await engines.OneAsync();
        using var flood = engine.Come($"Bearer {engine.Issuer.Token("acme", claims: ("preferred_username", "flood@example.com"))}");
        using var calm = engine.Come($"Bearer {engine.Issuer.Token("acme", claims: ("preferred_username", "calm@example.com"))}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => flood.PostTextAsync("{}", "application/json")));

        answers.ShouldContain(answer => answer.Status == HttpStatusCode.BadRequest);
        var late = answers.First(answer => answer.Status == HttpStatusCode.TooManyRequests);
        late.Body.GetProperty("code").GetString().ShouldBe("too-many-requests");
        (await calm.PostTextAsync("{}", "application/json")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await flood.GetAsync(new Uri("/api/v1/processes", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK, "questions count apart");
    }
}
