namespace ProcessDeployment.Browser.Tests.Access;

/// <summary>An engine where people sign in and have roles, for all tests about that: kim is its administrator.</summary>
public sealed class GuardedPages(PagesFixture pages) : IAsyncLifetime
{
    public const string Administrator = PagesFixture.Actor;

    private LocalIssuer _issuer = null!;

    public RunningEngine Engine { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Missing is not null) return;
        _issuer = await LocalIssuer.StartAsync();
        Engine = await pages.StartAnotherAsync(new() { Authority = _issuer.Url, Audience = LocalIssuer.Audience, ClientId = "pages", ApiKeys = true });
        await CompanyOf().DoAsync(new SetMember { Member = Administrator, Roles = [new("administrator")] });
    }

    public async ValueTask DisposeAsync()
    {
        if (Engine is not null) await Engine.DisposeAsync();
        if (_issuer is not null) await _issuer.DisposeAsync();
    }

    /// <summary>What somebody does there by another way than the pages.</summary>
    internal Company CompanyOf(string name = Administrator) => new(Engine, _issuer.Token("local", claims: [("preferred_username", name)]));

    /// <summary>Whoever opens a page next is this one.</summary>
    internal void SignsIn(string name) => _issuer.Somebody = [("account", "local"), ("preferred_username", name)];
}
