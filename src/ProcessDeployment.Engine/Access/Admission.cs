using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Access;

/// <summary>Judges who may ask what. Whatever is denied is noted in the history of the account.</summary>
internal sealed class Admission(KnownAccess known, Denials denials)
{
    /// <summary>Null for whoever may.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="asked">What, as the history shall have it.</param>
    /// <param name="opened">Whether roles open it at all.</param>
    /// <param name="privilege">The privilege it needs; null where any role does.</param>
    /// <param name="cancellation">Ends it.</param>
    public async ValueTask<Problem?> DeniedAsync(Caller caller, string asked, bool opened, Privilege? privilege, CancellationToken cancellation)
    {
        if (caller.Authority.Kind is not (AuthorityKind.Actor or AuthorityKind.ApiKey)) return null;
        var access = await known.OfAsync(caller.AccountId, cancellation);
        if (access.GrantsOf(caller.Authority, caller.Actor) is not { } grants) return null;
        if (opened && (privilege is { } needed ? access.HoldSomewhere(grants, needed) : !grants.IsEmpty)) return null;

        var detail = privilege is { } missing ? $"{caller.Actor} may not: none of the roles of {caller.Actor} holds {missing.WireName()}." : opened ? $"{caller.Actor} has no roles in {caller.AccountId}." : "This is for the operator of the engine.";
        await denials.NoteAsync(caller, asked, detail, privilege, cancellation);
        return new("Not allowed", 403, detail, opened ? RefusalCodes.NotAllowed : "operator-only");
    }
}
