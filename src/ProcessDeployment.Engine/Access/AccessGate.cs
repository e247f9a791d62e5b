using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Access;

/// <summary>Lets nobody ask what no role of his opens. Commands are judged in the pipeline, with those of all other channels; Atoms by <see cref="Agents.AtomGate"/>.</summary>
internal sealed class AccessGate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, ICallers callers, Admission admission)
    {
        if (PatternOf(context) is { } pattern)
        {
            var opened = RoutePrivileges.TryGet(context.Request.Method, pattern, out var privilege);
            if (await admission.DeniedAsync(callers.Of(context), $"{context.Request.Method} {HttpServices.Root}{pattern}", opened, privilege, context.RequestAborted) is { } denied)
            {
                await denied.ExecuteAsync(context);
                return;
            }
        }

        await next(context);
    }

    /// <summary>Null for what is no part of the API.</summary>
    private static string? PatternOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern && pattern.StartsWith(HttpServices.Root, StringComparison.Ordinal) ? pattern[HttpServices.Root.Length..] : null;
}
