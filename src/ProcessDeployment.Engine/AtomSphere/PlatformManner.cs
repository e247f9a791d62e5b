using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Identity.Tokens;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>Has everything that goes wrong on the paths of the platform API said in the platform's manner, from the first gate on; and takes the account in the path for the one that is meant.</summary>
internal sealed class PlatformManner(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        foreach (var root in PlatformEndpoint.Roots)
        {
            if (!context.Request.Path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase, out var rest)) continue;
            context.Features.Set<IProblemManner>(new PlatformForm());
            var account = rest.Value!.Split('/', 3) is [_, { Length: > 0 } first, ..] ? first : null;
            if (account is not null && context.Request.Headers[CallersOfTokens.Header].Count == 0) context.Request.Headers[CallersOfTokens.Header] = account;
        }

        return next(context);
    }
}
