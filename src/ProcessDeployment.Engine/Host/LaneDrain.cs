using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Host;

/// <summary>Stops after everything that hands commands to the pipeline and before everything that the pipeline needs.</summary>
internal sealed class LaneDrain(CommandPipeline pipeline) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => pipeline.DrainAsync(cancellationToken);
}
