using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Agents;

/// <summary>Whoever shows a token is the Atom it was issued for, nobody else, also on this machine; and may do what Atoms do.</summary>
internal sealed class AtomGate(RequestDelegate next, EngineOptions options)
{
    private const string Scheme = "Bearer";

    public async Task InvokeAsync(HttpContext context, AtomTokens tokens)
    {
        if (context.Request.Headers.Authorization is not [{ } given] || !IsOurs(given))
        {
            await next(context);
            return;
        }

        var (atom, problem) = await EnterAsync(context, given[Scheme.Length..].Trim(), tokens);
        if (problem is not null)
        {
            if (problem.Status == 401) context.Response.Headers.WWWAuthenticate = "Bearer";
            await problem.ExecuteAsync(context);
            return;
        }

        context.Features.Set(atom);
        await next(context);
    }

    /// <summary>Without identity what is no token too: whoever means to come in as an Atom is not let in as somebody else.</summary>
    private bool IsOurs(string given) => options.Identity.IsOn ? given.StartsWith($"{Scheme} {AtomToken.Prefix}", StringComparison.OrdinalIgnoreCase) :
        given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && (given.Length == Scheme.Length || char.IsWhiteSpace(given[Scheme.Length]));

    private static async Task<(AtomCaller? Atom, Problem? Problem)> EnterAsync(HttpContext context, string given, AtomTokens tokens)
    {
        if (!AtomToken.TryParse(given, out var token) || await tokens.FindAsync(token, context.RequestAborted) is not { } atom)
            return (null, new("Who are you?", 401, "This token is not known: it was never issued, was revoked, or its Atom was deleted.", "token-unknown"));
        if (tokens.IsExpired(atom)) return (null, new("Who are you?", 401, $"This token was good until {atom.ExpiresAt:u}.", "token-expired"));
        if (context.GetEndpoint()?.Metadata.GetMetadata<OpenToAtoms>() is not { } open)
            return (null, AtomCaller.Forbidden("The token of an Atom does not open this: it is for what is desired of that Atom, its bundles, its executions and its reports."));
        if (open.Own && !(Guid.TryParse((string?)context.GetRouteValue("id"), out var id) && id == atom.AtomId))
            return (null, AtomCaller.Forbidden($"This token is that of Atom {atom.AtomId} and opens nothing about another."));
        return (atom, null);
    }
}

/// <summary>Marks what the token of an Atom opens.</summary>
/// <param name="Own">Where the Atom in the path is its own.</param>
internal sealed record OpenToAtoms(bool Own);
