using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Engine.Identity.Keys;

namespace ProcessDeployment.Engine.Tests.Identity;

[Collection<WithIdentity>]
public sealed class Coming_in_with_a_key(IdentityEngines engines) : IAsyncLifetime
{
    private IdentityEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await engines.OneAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task opens_its_account_in_either_form()
    {
        var key = await _engine.IssueAsync("acme", "pipeline");

        (await _engine.AskAsync($"Bearer {key.Text}")).Status.ShouldBe(HttpStatusCode.OK);
        (await _engine.AskAsync($"Basic {Encode($"key:{key.Text}")}")).Status.ShouldBe(HttpStatusCode.OK);
        (await _engine.AskAsync($"Bearer {key.Text}", account: "acme")).Status.ShouldBe(HttpStatusCode.OK);
        (await _engine.AskAsync($"Bearer {key.Text}", account: "other")).ShouldBe((HttpStatusCode.Forbidden, "account-not-yours"));
    }

    [Fact]
    public async Task that_was_never_issued_was_revoked_or_is_over_lets_nobody_in()
    {
        var (key, over) = (await _engine.IssueAsync("acme", "pipeline"), await _engine.IssueAsync("acme", "over", DateTimeOffset.UtcNow.AddSeconds(-1)));

        (await _engine.AskAsync($"Bearer {key.Text[..^1]}{(key.Text[^1] == 'A' ? 'B' : 'A')}")).ShouldBe((HttpStatusCode.Unauthorized, "key-unknown"));
        (await _engine.AskAsync($"Bearer {key.Text.Replace("acme", "other", StringComparison.Ordinal)}")).ShouldBe((HttpStatusCode.Unauthorized, "key-unknown"));
        (await _engine.AskAsync($"Bearer {ApiKeyText.New("acme", Guid.NewGuid()).Text}")).ShouldBe((HttpStatusCode.Unauthorized, "key-unknown"));
        (await _engine.AskAsync($"Bearer {over.Text}")).ShouldBe((HttpStatusCode.Unauthorized, "key-expired"));
        (await _engine.AskAsync($"Basic {Encode($"key:{key.Text.Replace(key.KeyId.ToString("n"), $"{key.KeyId:n}\n", StringComparison.Ordinal)}")}")).ShouldBe((HttpStatusCode.Unauthorized, "key-unknown"), "a key has one text");
        (await _engine.AskAsync("Bearer pdak_x")).ShouldBe((HttpStatusCode.Unauthorized, "key-unknown"));
        (await _engine.AskAsync("Basic not-base64")).ShouldBe((HttpStatusCode.Unauthorized, "token-invalid"));
        (await _engine.AskAsync($"Basic {Encode("kim:password")}")).ShouldBe((HttpStatusCode.Unauthorized, "key-unknown"));
        await _engine.RevokeAsync(key);
        (await _engine.AskAsync($"Bearer {key.Text}")).ShouldBe((HttpStatusCode.Unauthorized, "key-unknown"));
    }

    [Fact]
    public async Task is_no_operator_and_acts_under_the_name_of_the_key()
    {
        var key = await _engine.IssueAsync("local", "pipeline");

        (await _engine.AskAsync($"Bearer {key.Text}", "/api/v1/accounts")).ShouldBe((HttpStatusCode.Forbidden, "operator-only"));
        (await _engine.AskAsync($"Bearer {key.Text}", "/api/v1/operations")).ShouldBe((HttpStatusCode.Forbidden, "operator-only"));
    }

    [Fact]
    public async Task is_remembered_to_the_minute()
    {
        var key = await _engine.IssueAsync("acme", "used");
        await _engine.AskAsync($"Bearer {key.Text}");

        var uses = _engine.Services.GetRequiredService<KeyUses>();
        var used = await Eventually.BecomesAsync(() => uses.OfAsync("acme", TestContext.Current.CancellationToken), all => all.ContainsKey(key.KeyId));
        used[key.KeyId].ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        await _engine.AskAsync($"Bearer {key.Text}");
        (await uses.OfAsync("acme", TestContext.Current.CancellationToken))[key.KeyId].ShouldBe(used[key.KeyId]);
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
