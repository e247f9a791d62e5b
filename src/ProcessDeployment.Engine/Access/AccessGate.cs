using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Identity;
using ProcessDeployment.Engine.Identity.Keys;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Access;

/// <summary>Lets nobody ask what no role of his opens. Commands are judged in the pipeline, with those of all other channels; Atoms by <see cref="Agents.AtomGate"/>.</summary>
internal sealed class AccessGate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, ICallers callers, Admission admission, AccessOfRequest request)
    {
        if (PatternOf(context) is not { } pattern)
        {
            await next(context);
            return;
        }

        var (caller, asked) = (callers.Of(context), $"{context.Request.Method} {HttpServices.Root}{pattern}");
        var opened = RoutePrivileges.TryGet(context.Request.Method, pattern, out var privilege);
        try
        {
            if (await DeniedAsync() is { } denied) await denied.ExecuteAsync(context);
            else await next(context);
        }
        catch (NoLongerLetInException) when (!context.Response.HasStarted)
        {
            var seen = await request.AfreshAsync(context, caller.AccountId);
            if (caller.Authority is { Kind: AuthorityKind.ApiKey, Id: { } keyId } && !seen.Access.Keys.ContainsKey(keyId)) await IdentityGate.RefuseAsync(context, KeyDoor.NotKnown.Problem);
            else await (await DeniedAsync() ?? Problem.Unavailable("Who may do what has just changed. Send the same again, with the same ids: what had taken effect before is answered as it was.", "access-changed")).ExecuteAsync(context);
        }

        ValueTask<Problem?> DeniedAsync() => admission.DeniedAsync(context, caller, asked, opened, privilege);
    }

    /// <summary>Null for what is no part of the API.</summary>
    private static string? PatternOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern && pattern.StartsWith(HttpServices.Root, StringComparison.Ordinal) ? pattern[HttpServices.Root.Length..] : null;
}
