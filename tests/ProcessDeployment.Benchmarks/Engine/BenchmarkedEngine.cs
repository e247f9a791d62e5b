using Marten.Events.Daemon.Coordination;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>
/// The engine as it is, in a process of its own, with two things more: the account comes from the request, since without
/// identities it serves one account only; and projections can be paused.
/// </summary>
internal static class BenchmarkedEngine
{
    public const string AccountHeader = "benchmark-account";

    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = await EngineHost.BuildAsync(args, customise: builder => builder.Services.AddSingleton<ICallers, CallersByRequest>());
        app.MapPost("/benchmark/pause", static (IProjectionCoordinator projections) => projections.PauseAsync());
        app.MapPost("/benchmark/resume", static (IProjectionCoordinator projections) => projections.ResumeAsync());
        await app.RunAsync();
        return 0;
    }

    /// <summary>Commands say their account; questions name it in a header.</summary>
    private sealed class CallersByRequest : ICallers
    {
        public CommandDefaults Of(HttpContext context) => new(context.Request.Headers[AccountHeader].FirstOrDefault(), Actor: null);
    }
}
