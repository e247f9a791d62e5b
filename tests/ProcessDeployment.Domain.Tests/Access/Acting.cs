using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Access;

/// <summary>Situations in which it matters who acts.</summary>
public abstract class Acting : Situation
{
    protected const string Kim = World.Kim, Lee = "lee@example.com", Ana = "ana@example.com";

    protected static readonly Guid Key = Id(61), Spare = Id(62), Producer = Id(63), Freeze = Id(64);

    /// <summary>On whose word commands come from here on; before, everything is let through.</summary>
    protected void By(Authority authority) => World.By = authority;

    protected static RoleGrant In(Guid environmentId, string role) => new(role, environmentId);

    protected static SetMember Member(string member, params RoleGrant[] roles) => new() { Member = member, Roles = roles };

    protected static SetMember Member(string member, params string[] roles) => Member(member, [.. roles.Select(role => new RoleGrant(role))]);

    protected static RemoveMember Without(string member) => new() { Member = member };

    protected static SetRole Role(string role, params Privilege[] privileges) => new() { Role = role, Privileges = privileges };

    protected static DeleteRole NoRole(string role) => new() { Role = role };

    protected static IssueApiKey Issue(Guid key, string name, params string[] roles) =>
        new() { KeyId = key, Name = name, SecretHash = new('b', 64), Roles = [.. roles.Select(role => new RoleGrant(role))] };

    protected static RevokeApiKey Revoke(Guid key) => new() { KeyId = key };

    protected static SetFreeze Frozen(string from, string until, params Guid[] environments) =>
        new() { FreezeId = Freeze, Name = "Christmas", From = from, Until = until, EnvironmentIds = environments.Length == 0 ? null : environments };

    protected static OverrideFreeze Pass(string until, params Guid[] processes) => new() { FreezeId = Freeze, ProcessIds = processes, Until = until, Reason = "A defect" };

    /// <summary>What a command would be answered at that time, of which nothing is recorded.</summary>
    protected Decision At(string moment, Command command) =>
        Decider.Decide(command, World.Lookup(command, Account.Empty), occasion: new(Id(999), DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), Authority.OfActor));

    /// <summary>Refused before it was judged, and noted.</summary>
    protected Refusal Denied(string code)
    {
        var refusal = Refused(code);
        var denied = Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<AccessDenied>();
        (denied.Code, denied.Message, denied.StreamName(), denied.Times).ShouldBe((code, refusal.Message, "access", 1));
        return refusal;
    }

    /// <summary>Whatever it was answered, who may act was not why.</summary>
    protected void Judged(string? because = null) => Decision.Events.OfType<AccessDenied>().ShouldBeEmpty($"{because} {Decision.Refusal?.Message}");
}
