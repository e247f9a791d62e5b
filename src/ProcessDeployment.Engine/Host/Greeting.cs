using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ProcessDeployment.Engine.Host;

/// <summary>Says where the engine is once it listens: to the person at the terminal, and to a second engine on the same private database.</summary>
internal sealed class Greeting(IServer server, IHostApplicationLifetime lifetime, DatabaseStart database, EngineOptions options, ILogger<Greeting> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Greet);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Greet()
    {
        var url = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? ListenAddresses.Default;
        database.Private?.SetOwnerUrl(url);
        if (database.Private is { } own) log.LogInformation("PostgreSQL {Version}, private, data in {Folder}", own.ServerVersion, options.DataFolder);
        log.LogInformation("Serving account {Account} as {Actor} on {Url}", options.Account, options.Actor, url);
        log.LogInformation("Try it: {Url}/scalar, or curl {Url}/api/v1/processes", url, url);
    }
}
