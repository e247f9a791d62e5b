using System.Net;
using System.Text;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Identity.Passwords;
using ProcessDeployment.Engine.Tests.AtomSphere;

namespace ProcessDeployment.Engine.Tests.Identity;

public sealed class Coming_in_with_a_password(EngineFixture engine) : IAsyncLifetime
{
    private readonly string _file = Path.GetTempFileName();
    private IdentityEngine _engine = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, $"# who may\nkim@example.com acme {PasswordHash.Of("correct horse")}\nlost@example.com nowhere {PasswordHash.Of("correct horse")}\n");
        _engine = await IdentityEngine.StartAsync(engine, issuer => IdentityEngine.Usual(issuer) with { Passwords = _file });
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task opens_the_account_of_the_user_and_no_other()
    {
        (await _engine.AskAsync(Basic("kim@example.com", "correct horse"))).Status.ShouldBe(HttpStatusCode.OK);
        (await _engine.AskAsync(Basic("kim@example.com", "correct horse"))).Status.ShouldBe(HttpStatusCode.OK);
        (await _engine.AskAsync(Basic("kim@example.com", "correct horsf"))).ShouldBe((HttpStatusCode.Unauthorized, "password-wrong"));
        (await _engine.AskAsync(Basic("robin@example.com", "correct horse"))).ShouldBe((HttpStatusCode.Unauthorized, "password-wrong"));
        (await _engine.AskAsync(Basic("lost@example.com", "correct horse"))).ShouldBe((HttpStatusCode.Forbidden, "unknown-account"));
        (await PlatformAsync(Basic("kim@example.com", "correct horse"), "acme")).ShouldBe(HttpStatusCode.OK);
        (await PlatformAsync(Basic("kim@example.com", "correct horse"), "other")).ShouldRefuse(HttpStatusCode.Forbidden, "account");
    }

    [Fact]
    public async Task or_with_a_key_behind_the_name_of_a_token_opens_the_platform_API()
    {
        var key = await _engine.IssueAsync("acme", "pipeline");

        (await PlatformAsync(Basic("BOOMI_TOKEN.kim@example.com", key.Text), "acme")).ShouldBe(HttpStatusCode.OK);
        (await PlatformAsync(Basic("BOOMI_TOKEN.kim@example.com", key.Text), "other")).ShouldRefuse(HttpStatusCode.Forbidden, "account");
        (await PlatformAsync(Basic("BOOMI_TOKEN.kim@example.com", "wrong"), "acme")).ShouldRefuse(HttpStatusCode.Unauthorized, "password");
        (await PlatformAsync(null, "acme")).ShouldRefuse(HttpStatusCode.Unauthorized, "credentials");
    }

    [Theory]
    [InlineData("kim acme plain-text")]
    [InlineData("kim acme")]
    [InlineData("kim ACME! AQAAAAIAAYagAAAAEA==")]
    public async Task needs_a_file_that_says_who_by_a_hash(string line)
    {
        await File.WriteAllTextAsync(_file, line, TestContext.Current.CancellationToken);

        Should.Throw<EngineStartException>(() => PasswordFile.Read(_file)).Message.ShouldContain("Line 1");
    }

    /// <summary>An engine that has just started may still be behind with its lists.</summary>
    private Task<PlatformAnswer> PlatformAsync(string? authorization, string account) => Eventually.BecomesAsync(() => AskAsync(authorization, account), answer => answer.Status != HttpStatusCode.ServiceUnavailable);

    private async Task<PlatformAnswer> AskAsync(string? authorization, string account)
    {
        using var http = _engine.Come(authorization);
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        using var answer = await http.PostAsync(new Uri($"/api/rest/v1/{account}/Process/query", UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        return new(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string Basic(string user, string password) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";
}
