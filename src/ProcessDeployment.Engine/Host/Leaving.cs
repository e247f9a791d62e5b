namespace ProcessDeployment.Engine.Host;

/// <summary>
/// Goes on serving for a while after the engine was told to stop. It has said that it is not ready any more by then; whoever
/// spreads requests over several engines hears of that with the next question, and until then sends some here.
/// </summary>
internal sealed class Leaving(EngineOptions options) : IHostedLifecycleService
{
    // What is stopped in the usual way is stopped after this, requests and listeners first.
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(options.Leaving, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
