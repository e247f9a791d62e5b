namespace ProcessDeployment.Engine.CommandLine;

/// <summary>Starts an engine for the time of one verb, where none runs.</summary>
public interface IEngineStarter
{
    /// <param name="account">The account it serves; null for the configured one.</param>
    /// <param name="ct">Cancels the start.</param>
    Task<IRunningEngine> StartAsync(string? account, CancellationToken ct);
}

/// <summary>An engine that stops when this is disposed.</summary>
public interface IRunningEngine : IAsyncDisposable
{
    Uri Url { get; }
}
