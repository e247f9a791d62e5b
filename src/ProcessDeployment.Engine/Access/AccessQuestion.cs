using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Access;

/// <summary>Who may do what, under which rules. What was so on a past day the audit trail tells, where each change of it stands.</summary>
internal static class AccessQuestion
{
    public static void MapAccess(this IEndpointRouteBuilder api) => api.MapGet("/access", AskAsync)
        .Describe("get-access", "Who may do what: roles, members, keys, producers, rules of changes and freezes", [])
        .Produces<AccessAnswer>();

    private static async Task<IResult> AskAsync(HttpContext context, AccountQuestion asking, KnownAccess known)
    {
        var asked = new QuestionParameters(context.Request, []);
        if (asked.Errors.Count > 0) return AccountQuestion.Malformed(asked);
        return Answer.Of(AccessAnswer.Of(await known.OfAsync(asking.AccountOf(context), context.RequestAborted)));
    }
}

/// <summary>Who may do what. Secrets of keys are nowhere in it.</summary>
internal sealed record AccessAnswer(
    IReadOnlyList<RoleItem> Roles, IReadOnlyList<MemberItem> Members, IReadOnlyList<KeyItem> Keys, IReadOnlyList<ProducerItem> Producers, ChangeRules Rules, IReadOnlyList<FreezeItem> Freezes)
{
    public static AccessAnswer Of(AccessState access) => new(
        [.. BuiltInRoles.All.Select(role => new RoleItem(role.Key, BuiltIn: true, [.. role.Value])), .. access.Roles.Select(role => new RoleItem(role.Key, BuiltIn: false, [.. role.Value]))],
        [.. access.Members.Select(member => new MemberItem(member.Key, member.Value))],
        [.. access.Keys.Select(KeyItem.Of)],
        [.. access.Producers.Select(known => new ProducerItem(known.Key, known.Value.Name, known.Value.Login, known.Value.PublicKey, known.Value.CommandTypes?.ToList()))],
        access.Rules,
        [.. access.Freezes.Select(known => new FreezeItem(known.Key, known.Value.Name, known.Value.From, known.Value.Until, known.Value.EnvironmentIds?.ToList(), [.. known.Value.Passing.Select(pass => new PassItem(pass.Key, pass.Value))]))]);
}

internal sealed record RoleItem(string Role, bool BuiltIn, IReadOnlyList<Privilege> Privileges);

internal sealed record MemberItem(string Member, IReadOnlyList<RoleGrant> Roles);

internal sealed record KeyItem(Guid KeyId, string Name, string Actor, IReadOnlyList<RoleGrant> Roles, string? ExpiresAt)
{
    public static KeyItem Of(KeyValuePair<Guid, ApiKey> known) => new(known.Key, known.Value.Name, known.Value.Actor(), known.Value.Roles, known.Value.ExpiresAt);
}

internal sealed record ProducerItem(Guid ProducerId, string Name, string? Login, string? PublicKey, IReadOnlyList<string>? CommandTypes);

/// <summary>A freeze, and the Processes that pass it with until when.</summary>
internal sealed record FreezeItem(Guid FreezeId, string Name, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<Guid>? EnvironmentIds, IReadOnlyList<PassItem> Passing);

internal sealed record PassItem(Guid ProcessId, DateTimeOffset Until);
