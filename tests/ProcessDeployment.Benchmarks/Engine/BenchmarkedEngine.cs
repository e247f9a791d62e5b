using Marten.Events.Daemon.Coordination;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>
/// The engine as it is, in a process of its own, with three things more: the account comes from the request, since without
/// identities it serves one account only; projections can be paused; and commands can be held back.
/// </summary>
internal static class BenchmarkedEngine
{
    public const string AccountHeader = "benchmark-account";

    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = await EngineHost.BuildAsync(args, customise: builder =>
        {
            builder.Services.AddSingleton<ICallers, CallersByRequest>();
            builder.Services.AddSingleton(provider => new GatedPipeline(provider.GetRequiredService<CommandPipeline>()));
            builder.Services.AddSingleton<ICommandPipeline>(provider => provider.GetRequiredService<GatedPipeline>());
        });
        app.MapPost("/benchmark/pause", static (IProjectionCoordinator projections) => projections.PauseAsync());
        app.MapPost("/benchmark/resume", static (IProjectionCoordinator projections) => projections.ResumeAsync());
        app.MapPost("/benchmark/hold", static (GatedPipeline pipeline) => pipeline.Close());
        app.MapPost("/benchmark/release", static (GatedPipeline pipeline) => pipeline.Open());
        _ = StopWithParentAsync(app.Services.GetRequiredService<IHostApplicationLifetime>());
        await app.RunAsync();
        return 0;
    }

    /// <summary>Whoever started it holds its input; nobody is left to stop it when that ends.</summary>
    private static async Task StopWithParentAsync(IHostApplicationLifetime lifetime)
    {
        await using var input = Console.OpenStandardInput();
        while (await input.ReadAsync(new byte[1]) > 0) { }
        lifetime.StopApplication();
    }

    /// <summary>Commands say their account; questions name it in a header.</summary>
    private sealed class CallersByRequest : ICallers
    {
        public Caller Of(HttpContext context) => AtomCaller.Of(context)?.Caller ?? new(context.Request.Headers[AccountHeader].FirstOrDefault() ?? "", "", Authority.Operator) { Defaults = CommandDefaults.None };
    }
}
