using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Access;
using ProcessDeployment.Engine.Identity.Keys;

namespace ProcessDeployment.Engine.Tests.Identity;

/// <summary>Two nodes of one engine. What is said of access is said to the one, and those who come in come to the other.</summary>
public sealed class TwoNodes(EngineFixture fixture) : IAsyncLifetime
{
    internal IdentityEngine There { get; private set; } = null!;

    internal IdentityEngine Here { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        There = await IdentityEngine.StartAsync(fixture);
        Here = await There.AnotherNodeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Here.DisposeAsync();
        await There.DisposeAsync();
    }
}

public sealed class Coming_in_while_access_changes_on_another_node(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private const string Account = "acme";

    [Fact]
    public async Task with_a_key_that_was_revoked_sends_nothing_from_the_commit_on()
    {
        var key = await KeyOfHereAsync();
        var text = Save();

        await nodes.There.RevokeAsync(key);

        Remembered().Keys.ShouldContainKey(key.KeyId, "nobody has told this node");
        (await PostAsync(key, text)).ShouldBe((HttpStatusCode.Unauthorized, "key-unknown"));
        (await PostAsync(key, text)).ShouldBe((HttpStatusCode.Unauthorized, "key-unknown"));
        (await PostAsync(await nodes.There.IssueAsync(Account, "next"), text)).ShouldBe((HttpStatusCode.OK, null), "nothing was stored under its id");
    }

    [Fact]
    public async Task with_a_key_that_was_revoked_is_not_told_what_became_of_a_command_before()
    {
        var (text, key) = (Save(), await KeyOfHereAsync());
        (await PostAsync(key, text)).Status.ShouldBe(HttpStatusCode.OK);

        await nodes.There.RevokeAsync(key);

        Remembered().Keys.ShouldContainKey(key.KeyId);
        (await PostAsync(key, text)).ShouldBe((HttpStatusCode.Unauthorized, "key-unknown"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[{}]")]
    [InlineData("{}")]
    public async Task with_a_key_that_was_revoked_is_not_told_what_is_wrong_with_a_text(string text)
    {
        var key = await KeyOfHereAsync();

        await nodes.There.RevokeAsync(key);

        Remembered().Keys.ShouldContainKey(key.KeyId);
        (await PostAsync(key, System.Text.Encoding.UTF8.GetBytes(text))).ShouldBe((HttpStatusCode.Unauthorized, "key-unknown"));
    }

    [Fact]
    public async Task with_a_key_that_was_issued_just_now_is_let_in_at_once()
    {
        await KeyOfHereAsync();

        var key = await nodes.There.IssueAsync(Account, "new");

        Remembered().Keys.ShouldNotContainKey(key.KeyId);
        (await PostAsync(key, Save())).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task without_the_role_that_was_taken_back_does_nothing_from_the_commit_on_and_everything_once_it_is_given_again()
    {
        var (ana, kim) = ("ana@example.com", "kim@example.com");
        await nodes.There.SendAsync("other", new SetMember { Member = ana, Roles = [new(BuiltInRoles.Administrator)] });
        await nodes.There.SendAsync("other", new SetMember { Member = kim, Roles = [new("designer")] });
        var token = $"Bearer {nodes.There.Issuer.Token("other", claims: ("preferred_username", kim))}";
        (await nodes.Here.PostAsync(token, Save())).Status.ShouldBe(HttpStatusCode.OK);
        var text = Save();

        await nodes.There.SendAsync("other", new RemoveMember { Member = kim });

        Remembered("other").Members.ShouldContainKey(kim);
        (await nodes.Here.PostAsync(token, text)).ShouldBe((HttpStatusCode.Forbidden, "not-allowed"));
        (await nodes.Here.AskAsync(token)).ShouldBe((HttpStatusCode.Forbidden, "not-allowed"));

        await nodes.There.SendAsync("other", new SetMember { Member = kim, Roles = [new("designer")] });
        (await nodes.Here.PostAsync(token, text)).Status.ShouldBe(HttpStatusCode.OK, "nothing was stored under its id");
    }

    private AccessState Remembered(string account = Account) => nodes.Here.Services.GetRequiredService<KnownAccess>().Remembered(account)!;

    /// <summary>A key that was let in here, so that this node remembers it.</summary>
    private async Task<ApiKeyText> KeyOfHereAsync()
    {
        var key = await nodes.There.IssueAsync(Account, "pipeline");
        (await PostAsync(key, Save())).Status.ShouldBe(HttpStatusCode.OK);
        return key;
    }

    private Task<(HttpStatusCode Status, string? Code)> PostAsync(ApiKeyText key, byte[] text) => nodes.Here.PostAsync($"Bearer {key.Text}", text);

    private static byte[] Save() => CommandWriter.ToCloudEvent(Guid.CreateVersion7(), "//tests", new SaveComponent { ComponentId = Guid.CreateVersion7(), ComponentType = "process", Name = "Orders" });
}
