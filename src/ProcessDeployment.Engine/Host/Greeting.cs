using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ProcessDeployment.Embedded;

namespace ProcessDeployment.Engine.Host;

/// <summary>Says where the engine is once it listens: to the person at the terminal, and to a second engine on the same private database.</summary>
internal sealed class Greeting(IServer server, IHostApplicationLifetime lifetime, DatabaseStart database, EngineOptions options, LogGate gate, ILogger<Greeting> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Greet);
        lifetime.ApplicationStopping.Register(() => log.LogInformation("Stopping: finishing what was begun"));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Greet()
    {
        gate.Started = true;
        var url = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? ListenAddresses.Default;
        database.Private?.SetOwnerUrl(url);
        if (database.Private is { } own) log.LogInformation("Private PostgreSQL {Version}, data in {Folder}", own.ServerVersion, options.DataFolder ?? PrivatePostgres.DefaultDataFolder());
        log.LogInformation("Serving account {Account} on {Url}", options.Account, url);
        log.LogInformation("Try it:   curl {Url}/api/v1/processes", url);
        log.LogInformation("API:      {Url}/scalar   Health: {Url}/health/ready   Stop: Ctrl-C", url, url);
    }
}
