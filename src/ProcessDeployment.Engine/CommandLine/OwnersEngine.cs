using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.CommandLine;

/// <summary>An engine that is put together and not started: its database with the logins it was given, and nobody who listens.</summary>
internal sealed class OwnersEngine(IServiceProvider services, Func<ValueTask> close) : IAsyncDisposable
{
    public IServiceProvider Services { get; } = services;

    /// <exception cref="CommandLineException">The database cannot be opened.</exception>
    public static async Task<OwnersEngine> OpenAsync(CancellationToken ct)
    {
        try
        {
            var app = await EngineHost.BuildAsync([], customise: builder => builder.Logging.ClearProviders(), cancellation: ct);
            return new(app.Services, app.DisposeAsync);
        }
        catch (Exception e) when (EngineStartException.Explain(e) is { } message)
        {
            throw new CommandLineException(ExitCodes.Unreachable, message, e);
        }
    }

    public ValueTask DisposeAsync() => close();
}
