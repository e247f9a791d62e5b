namespace ProcessDeployment.Engine.Host;

/// <summary>Runs the engine until it is told to stop.</summary>
public static class EngineProgram
{
    /// <summary>0 after a stop that was asked for; otherwise what stood against it was told in one message.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = await EngineHost.BuildAsync(args);
            var logs = app.Services.GetRequiredService<LogGate>();
            try
            {
                await app.StartAsync();
                await app.WaitForShutdownAsync();
                return 0;
            }
            finally
            {
                logs.Stopping = true;
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop while it was starting.
            return 0;
        }
        catch (Exception e) when (EngineStartException.Explain(e) is { } message)
        {
            await Console.Error.WriteLineAsync(message);
            return 1;
        }
    }
}
