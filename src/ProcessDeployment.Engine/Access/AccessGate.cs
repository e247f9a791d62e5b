using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Access;

/// <summary>Lets nobody ask what no role of his opens. Commands are judged in the pipeline, with those of all other channels; Atoms by <see cref="Agents.AtomGate"/>.</summary>
internal sealed class AccessGate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, ICallers callers, KnownAccess known, Denials denials)
    {
        if (PatternOf(context) is not { } pattern || callers.Of(context) is not { Authority.Kind: AuthorityKind.Actor or AuthorityKind.ApiKey } caller)
        {
            await next(context);
            return;
        }

        var access = await known.OfAsync(caller.AccountId, context.RequestAborted);
        if (access.GrantsOf(caller.Authority, caller.Actor) is not { } grants)
        {
            await next(context);
            return;
        }

        var opened = RoutePrivileges.TryGet(context.Request.Method, pattern, out var privilege);
        if (opened && (privilege is { } needed ? access.HoldSomewhere(grants, needed) : !grants.IsEmpty))
        {
            await next(context);
            return;
        }

        var detail = privilege is { } missing ? $"{caller.Actor} may not: none of the roles of {caller.Actor} holds {missing.WireName()}." : opened ? $"{caller.Actor} has no roles in {caller.AccountId}." : "This is for the operator of the engine.";
        await denials.NoteAsync(caller, $"{context.Request.Method} {HttpServices.Root}{pattern}", detail, privilege, context.RequestAborted);
        await new Problem("Not allowed", 403, detail, opened ? RefusalCodes.NotAllowed : "operator-only").ExecuteAsync(context);
    }

    /// <summary>Null for what is no part of the API.</summary>
    private static string? PatternOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern && pattern.StartsWith(HttpServices.Root, StringComparison.Ordinal) ? pattern[HttpServices.Root.Length..] : null;
}
