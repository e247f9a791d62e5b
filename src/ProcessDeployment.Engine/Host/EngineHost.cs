using Microsoft.Extensions.DependencyInjection.Extensions;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Redaction;
using ProcessDeployment.Engine.Scheduling;
using ProcessDeployment.Engine.Secrets;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Engine.Webhooks;

namespace ProcessDeployment.Engine.Host;

/// <summary>Puts the engine together: database first, then tables, then everything that uses them.</summary>
public static class EngineHost
{
    /// <summary>An engine ready to be started, with its database running and its tables made.</summary>
    public static async Task<WebApplication> BuildAsync(
        string[] args, EngineOptions? options = null, Action<WebApplicationBuilder>? customise = null, CancellationToken cancellation = default)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, WebRootPath = Pages.Folder });
        options ??= EngineOptions.From(builder.Configuration);
        options.Check();
        builder.UseListenAddresses(options.Identity);
        builder.UsePageAssets();
        builder.UseLogs();
        var database = new DatabaseStart(options, cancellation);
        try
        {
            Compose(builder, options, database);
            customise?.Invoke(builder);
            var app = builder.Build();
            app.UseHttpApi(options);
            app.MapOperations();
            app.MapPages();
            await app.Services.GetRequiredService<DatabaseStart>().WaitAsync(app.Logger, cancellation);
            await PrepareAsync(app, options, cancellation);
            return app;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// In an order that stops well. Services stop in reverse: HTTP and the channels take nothing more, the lanes finish what
    /// they have, messages and projections follow. The container disposes in reverse too: the database goes last.
    /// </summary>
    private static void Compose(WebApplicationBuilder builder, EngineOptions options, DatabaseStart database)
    {
        var services = builder.Services;
        // Once it has left, all of it within the 30 seconds that supervisors give, PostgreSQL's own stop included.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Leaving + TimeSpan.FromSeconds(20));
        services.AddSingleton<Leaving>();
        services.AddHostedService(provider => provider.GetRequiredService<Leaving>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(_ => database);
        services.AddSingleton(_ => database.Databases);
        services.AddSingleton<DatabaseTables>();
        services.AddEventStore(ReadModelServices.ProjectReadModels);
        builder.Host.UseMessaging(options);
        services.AddReadModels();
        services.AddHalting();
        services.AddRebuilds();
        services.AddRedaction();
        services.AddSecrets();
        services.AddHomes(options.Homes);
        services.AddPipeline();
        services.AddLedger();
        services.AddWebhooks(options);
        services.AddHostedService<LaneDrain>();
        services.AddChannels(options);
        services.AddScheduling();
        services.AddSingleton<AccountList>();
        services.AddHostedService<SampleStart>();
        builder.AddOperations(options);
        services.AddHttpApi(options);
        services.AddPages(options);
        services.AddHostedService<Greeting>();
    }

    private static async Task PrepareAsync(WebApplication app, EngineOptions options, CancellationToken cancellation)
    {
        await app.Services.GetRequiredService<DatabaseTables>().MakeAsync(cancellation);
        await app.Services.GetRequiredService<SecretKeys>().OpenAsync(cancellation);
        await app.Services.GetRequiredService<Placement>().OpenAsync(cancellation);
        foreach (var account in options.Accounts.Concat(options.Homes.Own).Append(options.Account)) await app.Services.GetRequiredService<AccountList>().AddAsync(account, cancellation);
    }
}
