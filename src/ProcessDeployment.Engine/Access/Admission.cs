using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Access;

/// <summary>Judges who may ask what. Whatever is denied is noted in the history of the account.</summary>
internal sealed class Admission(AccessOfRequest request, Denials denials)
{
    /// <summary>Null for whoever may.</summary>
    /// <param name="context">The request.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="asked">What, as the history shall have it.</param>
    /// <param name="opened">Whether roles open it at all.</param>
    /// <param name="privilege">The privilege it needs; null where any role does.</param>
    public async ValueTask<Problem?> DeniedAsync(HttpContext context, Caller caller, string asked, bool opened, Privilege? privilege)
    {
        if (caller.Authority.Kind is not (AuthorityKind.Actor or AuthorityKind.ApiKey)) return null;
        var seen = await request.OfAsync(context, caller.AccountId);
        if (Opens(seen.Access)) return null;
        // Roles may have been given since.
        if (seen.FromMemory && Opens((await request.AfreshAsync(context, caller.AccountId)).Access)) return null;

        var detail = privilege is { } missing ? $"{caller.Actor} may not: none of the roles of {caller.Actor} holds {missing.WireName()}." : opened ? $"{caller.Actor} has no roles in {caller.AccountId}." : "This is for the operator of the engine.";
        await denials.NoteAsync(caller, asked, detail, privilege, context.RequestAborted);
        return new("Not allowed", 403, detail, opened ? RefusalCodes.NotAllowed : "operator-only");

        bool Opens(AccessState access) =>
            access.GrantsOf(caller.Authority, caller.Actor) is not { } grants || (opened && (privilege is { } needed ? access.HoldSomewhere(grants, needed) : !grants.IsEmpty));
    }
}
