using System.Security.Claims;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ProcessDeployment.Engine.Identity.Tokens;

namespace ProcessDeployment.Engine.Tests.Identity;

public sealed class Verifying_a_token_once
{
    private readonly MovedClock _time = new();
    private readonly VerifiedTokens _verified;
    private readonly OpenIdConnectConfiguration _keys = new();

    public Verifying_a_token_once() => _verified = new(_time);

    [Fact]
    public void is_enough_while_it_is_good_and_not_a_moment_longer()
    {
        Verify("a.b.c", TimeSpan.FromMinutes(5));
        _time.Move(TimeSpan.FromMinutes(5) + IssuerTokens.ClockSkew - TimeSpan.FromTicks(1));
        Knows("a.b.c").ShouldBeTrue();
        _time.Move(TimeSpan.FromTicks(1));
        Knows("a.b.c").ShouldBeFalse();
    }

    [Fact]
    public void is_enough_for_that_very_token_only()
    {
        Verify("a.b.c", TimeSpan.FromMinutes(5));
        Knows("a.b.C").ShouldBeFalse();
        Knows("a.b.c ").ShouldBeFalse();
    }

    [Fact]
    public void is_not_enough_once_the_issuer_has_other_keys()
    {
        Verify("a.b.c", TimeSpan.FromMinutes(5));
        _verified.TryGet("a.b.c", new(), out _).ShouldBeFalse();
    }

    [Fact]
    public void is_remembered_in_memory_that_has_an_end()
    {
        for (var i = 0; i < 3 * VerifiedTokens.Most; i++) Verify($"a.b.{i}", TimeSpan.FromMinutes(5));
        _verified.Count.ShouldBeLessThanOrEqualTo(VerifiedTokens.Most);
        Knows($"a.b.{(3 * VerifiedTokens.Most) - 1}").ShouldBeTrue();
    }

    private void Verify(string token, TimeSpan until) => _verified.Add(token, new(new ClaimsIdentity(), _time.GetUtcNow() + until, _keys));

    private bool Knows(string token) => _verified.TryGet(token, _keys, out _);
}
