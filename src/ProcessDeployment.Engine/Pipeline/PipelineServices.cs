using Microsoft.Extensions.DependencyInjection.Extensions;
using ProcessDeployment.Engine.Secrets;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>What the pipeline is made of.</summary>
public static class PipelineServices
{
    public static void AddPipeline(this IServiceCollection services)
    {
        services.TryAddSingleton(new PipelineOptions());
        services.AddSingleton<PipelineSignals>();
        services.AddSingleton<AccessPictures>();
        services.AddSingleton<ICommandPipeline>(provider => new SealingPipeline(provider.GetRequiredService<CommandPipeline>(), provider.GetRequiredService<SecretKeys>()));
        services.AddSingleton(provider => new CommandPipeline(
            new BatchRunner(provider.GetRequiredService<Databases>(), provider.GetRequiredService<AccessPictures>()),
            provider.GetRequiredService<PipelineOptions>(),
            provider.GetRequiredService<PipelineSignals>(),
            provider.GetRequiredService<ILogger<CommandPipeline>>()));
        services.AddHostedService<AppendWaker>();
    }
}
