namespace ProcessDeployment.Engine.Host;

/// <summary>
/// Goes on serving for a while after the engine was told to stop, streams and exports too. It says from the first moment on
/// that it is not ready; whoever spreads requests over several engines hears of that with the next question, and until then
/// sends some here. A supervisor must have patience for this time and 30 seconds more.
/// </summary>
internal sealed class Leaving(EngineOptions options, IHostApplicationLifetime lifetime) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _left = new();

    /// <summary>Cancelled when the time is over: what would go on for long ends then.</summary>
    public CancellationToken Left => _left.Token;

    // What is stopped in the usual way is stopped after this, requests and listeners first.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Not everybody who stops an engine has said so before.
        lifetime.StopApplication();
        await Task.Delay(options.Leaving, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _left.CancelAsync();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _left.Dispose();
}
