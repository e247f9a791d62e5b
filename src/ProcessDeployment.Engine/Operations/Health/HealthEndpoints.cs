using Npgsql;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Identity;

namespace ProcessDeployment.Engine.Operations.Health;

/// <summary>Alive: the process answers. Ready: every part does its work, and the answer says what of each part to its own machine; to others, who may be anybody, only whether.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", static context => WriteAsync(context, new("alive", []), 200)).ExcludeFromDescription().AllowAnonymous();
        app.MapGet("/health/ready", ReadyAsync).ExcludeFromDescription().AllowAnonymous();
    }

    private static async Task ReadyAsync(HttpContext context)
    {
        var lifetime = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        // Said at once: parts may take seconds, in which others would send more here.
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await WriteAsync(context, new("stopping", []), 503);
            return;
        }

        var status = lifetime.ApplicationStarted.IsCancellationRequested ? "ready" : "starting";
        var parts = await Task.WhenAll(context.RequestServices.GetServices<IHealthPart>().Select(part => CheckAsync(part, context.RequestAborted)));
        if (lifetime.ApplicationStopping.IsCancellationRequested) status = "stopping";
        if (string.Equals(status, "ready", StringComparison.Ordinal) && parts.Any(part => !part.Healthy)) status = "not-ready";
        await WriteAsync(context, new(status, ThisMachine.Made(context) ? parts : []), string.Equals(status, "ready", StringComparison.Ordinal) ? 200 : 503);
    }

    private static async Task<PartAnswer> CheckAsync(IHealthPart part, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(Patience);
        try
        {
            var health = await part.CheckAsync(limited.Token);
            return new(part.Name, health.Healthy, health.Detail, health.Figures, health.Degraded ? true : null);
        }
        catch (OperationCanceledException)
        {
            return new(part.Name, Healthy: false, $"No answer within {Patience.TotalSeconds} s.");
        }
        catch (Exception e)
        {
            return new(part.Name, Healthy: false, e is PostgresException postgres ? postgres.MessageText : e.Message);
        }
    }

    private static async Task WriteAsync(HttpContext context, HealthAnswer answer, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(answer, WireJson.Options, context.RequestAborted);
    }

    internal sealed record HealthAnswer(string Status, IReadOnlyList<PartAnswer> Parts);

    internal sealed record PartAnswer(string Name, bool Healthy, string? Detail = null, IReadOnlyDictionary<string, double>? Figures = null, bool? Degraded = null);
}
