using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Access;

/// <summary>What the caller may do here: a page that offers less than it has need not be tried in vain, which would stand in the history.</summary>
internal static class OwnAccessQuestion
{
    public static void MapOwnAccess(this IEndpointRouteBuilder api) => api.MapGet("/access/own", AskAsync)
        .Describe("get-own-access", "What the caller may do: the privileges held everywhere, and those held in single environments", [])
        .Produces<OwnAccessAnswer>();

    private static async Task<IResult> AskAsync(HttpContext context, ICallers callers, KnownAccess known)
    {
        var asked = new QuestionParameters(context.Request, []);
        if (asked.Errors.Count > 0) return AccountQuestion.Malformed(asked);
        var caller = callers.Of(context);
        return Answer.Of(OwnAccessAnswer.Of(caller, await known.OfAsync(caller.AccountId, context.RequestAborted)));
    }
}

/// <summary>What somebody may do. Whoever is asked for no role may do all of it.</summary>
/// <param name="AccountId">Where.</param>
/// <param name="Actor">Under which name.</param>
/// <param name="Privileges">Held everywhere.</param>
/// <param name="Environments">What is held in single environments beside that.</param>
internal sealed record OwnAccessAnswer(string AccountId, string Actor, IReadOnlyList<Privilege> Privileges, IReadOnlyList<PrivilegesThere> Environments)
{
    public static OwnAccessAnswer Of(Caller caller, AccessState access)
    {
        if (access.GrantsOf(caller.Authority, caller.Actor) is not { } grants) return new(caller.AccountId, caller.Actor, Enum.GetValues<Privilege>(), []);
        return new(
            caller.AccountId,
            caller.Actor,
            [.. grants.Where(grant => grant.EnvironmentId is null).SelectMany(grant => access.PrivilegesOf(grant.Role)).Distinct().Order()],
            [.. from grant in grants
                where grant.EnvironmentId is not null
                group grant by grant.EnvironmentId!.Value into there
                select new PrivilegesThere(there.Key, [.. there.SelectMany(grant => access.PrivilegesOf(grant.Role)).Distinct().Order()])]);
    }
}

/// <summary>What is held in one environment.</summary>
internal sealed record PrivilegesThere(Guid EnvironmentId, IReadOnlyList<Privilege> Privileges);
