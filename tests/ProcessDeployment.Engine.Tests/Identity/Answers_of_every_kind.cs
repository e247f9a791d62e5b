
namespace ProcessDeployment.Engine.Tests.Identity;

[Collection<WithIdentity>]
public sealed class Answers_of_every_kind(IdentityEngines engines, EngineFixture open)
{
    [Theory]
    [InlineData("GET", "/api/v1/processes", 200)]
    [InlineData("GET", "/api/v1/processes?nonsense=1", 400)]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("DELETE", "/api/v1/commands", 403)]
    [InlineData("GET", "/health/live", 200)]
    [InlineData("GET", "/deploy", 200)]
    [InlineData("GET", "/metrics", 200)]
    [InlineData("GET", "/openapi/v1.json", 200)]
    [InlineData("GET", "/scalar", 200)]
    public Task tell_browsers_to_load_and_frame_nothing_else(string method, string path, int status) => CheckAsync(new() { BaseAddress = open.Url }, method, path, status);

    [Theory]
    [InlineData("GET", "/api/v1/processes", 401)]
    [InlineData("GET", "/deploy", 302)]
    [InlineData("GET", "/sign-in", 200)]
    [InlineData("GET", "/session", 401)]
    [InlineData("OPTIONS", "/api/v1/commands", 401)]
    public async Task tell_the_same_where_people_sign_in(string method, string path, int status) => await CheckAsync((await engines.OneAsync()).Come(), method, path, status);

    private static async Task CheckAsync(HttpClient http, string method, string path, int status)
    {
        using var asking = http;
        asking.DefaultRequestHeaders.Add("Origin", "https://attacker.example");
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "Access-Control-Request-Method", "POST" } } };
        using var response = await asking.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(status);
        string Said(string name) => response.Headers.TryGetValues(name, out var values) ? string.Join("; ", values) : "";
        Said("X-Content-Type-Options").ShouldBe("nosniff");
        Said("Content-Security-Policy").ShouldContain("frame-ancestors 'none'");
        Said("Content-Security-Policy").ShouldNotContain("script-src 'unsafe-inline'");
        Said("Referrer-Policy").ShouldBeOneOf("no-referrer", "same-origin");
        Said("Permissions-Policy").ShouldContain("camera=()");
        Said("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        Said("Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        response.Headers.ShouldNotContain(header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        response.Headers.Contains("Server").ShouldBeFalse();
        if (status >= 400) (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("   at ");
    }
}
