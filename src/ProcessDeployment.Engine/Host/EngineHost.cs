using JasperFx;
using Marten;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Host;

/// <summary>Puts the engine together: database first, then tables, then everything that uses them.</summary>
public static class EngineHost
{
    /// <summary>An engine ready to be started, with its database running and its tables made.</summary>
    public static async Task<WebApplication> BuildAsync(
        string[] args, EngineOptions? options = null, Action<WebApplicationBuilder>? customise = null, CancellationToken cancellation = default)
    {
        var builder = WebApplication.CreateBuilder(args);
        options ??= EngineOptions.From(builder.Configuration);
        builder.UseListenAddresses();
        builder.UseLogs();
        // The container disposes in reverse order: everything else first, then the connections, then the server.
        var database = new DatabaseStart(options, cancellation);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(_ => database);
        builder.Services.AddSingleton(_ => database.Databases);
        builder.Services.AddEventStore(ReadModelServices.ProjectReadModels);
        builder.Services.AddReadModels();
        builder.Services.AddPipeline();
        builder.Services.AddChannels(options);
        builder.Services.AddSingleton<AccountList>();
        builder.Services.AddHttpApi();
        builder.Services.AddHostedService<Greeting>();
        builder.Host.UseMessaging(options);
        customise?.Invoke(builder);

        try
        {
            var app = builder.Build();
            app.UseHttpApi();
            await app.Services.GetRequiredService<DatabaseStart>().WaitAsync(app.Logger, cancellation);
            await PrepareAsync(app.Services, options, cancellation);
            return app;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    private static async Task PrepareAsync(IServiceProvider services, EngineOptions options, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<Databases>().Shared;
        await DatabaseSchema.CreateSchemasAsync(database, cancellation);
        await services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        await DatabaseSchema.ApplyAsync(database, cancellation);
        foreach (var account in options.Accounts.Append(options.Account)) await services.GetRequiredService<AccountList>().AddAsync(account, cancellation);
    }
}
