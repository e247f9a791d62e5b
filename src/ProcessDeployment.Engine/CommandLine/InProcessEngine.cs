using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.CommandLine;

/// <summary>The engine itself, on a free port of this machine and without a word: the output belongs to the verb.</summary>
internal sealed class InProcessEngine : IEngineStarter
{
    public async Task<IRunningEngine> StartAsync(string? account, CancellationToken ct)
    {
        try
        {
            var app = await EngineHost.BuildAsync(
                [.. account is null ? Array.Empty<string>() : ["--PROCESSDEPLOYMENT_ACCOUNT", account], "--urls", "http://127.0.0.1:0"],
                customise: builder => builder.Logging.ClearProviders(),
                cancellation: ct);
            await app.StartAsync(ct);
            return new Running(app);
        }
        catch (Exception e) when (EngineStartException.Explain(e) is { } message)
        {
            throw new CommandLineException(ExitCodes.Unreachable, message, e);
        }
    }

    private sealed class Running(WebApplication app) : IRunningEngine
    {
        public Uri Url { get; } = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
