using JasperFx;
using Marten;
using ProcessDeployment.Embedded;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Host;

/// <summary>Puts the engine together: database first, then tables, then everything that uses them.</summary>
public static class EngineHost
{
    /// <summary>An engine ready to be started, with its database running and its tables made.</summary>
    public static async Task<WebApplication> BuildAsync(string[] args, EngineOptions? options = null, CancellationToken cancellation = default)
    {
        var builder = WebApplication.CreateBuilder(args);
        options ??= EngineOptions.From(builder.Configuration);
        var postgres = options.Postgres is null ? await StartPrivateAsync(options, cancellation) : null;
        var databases = new Databases(options.Postgres ?? postgres!.ConnectionString);

        builder.Services.AddSingleton(options);
        // The container disposes in reverse order: everything else first, then the connections, then the server.
        if (postgres is not null) builder.Services.AddSingleton(_ => postgres);
        builder.Services.AddSingleton(_ => databases);
        builder.Services.AddEventStore(static _ => { });
        builder.Services.AddPipeline();
        builder.Services.AddSingleton<AccountList>();
        builder.Host.UseMessaging(options);

        var app = builder.Build();
        if (postgres is not null) _ = app.Services.GetRequiredService<PrivatePostgres>();
        await PrepareAsync(app.Services, databases, options, cancellation);
        return app;
    }

    private static async Task<PrivatePostgres> StartPrivateAsync(EngineOptions options, CancellationToken cancellation) =>
        await PrivatePostgres.StartAsync(new(options.DataFolder ?? PrivatePostgres.DefaultDataFolder()), Console.Error.WriteLine, cancellation);

    private static async Task PrepareAsync(IServiceProvider services, Databases databases, EngineOptions options, CancellationToken cancellation)
    {
        await DatabaseSchema.CreateSchemasAsync(databases.Shared, cancellation);
        await services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        await DatabaseSchema.ApplyAsync(databases.Shared, cancellation);
        foreach (var account in options.Accounts.Append(options.Account)) await services.GetRequiredService<AccountList>().AddAsync(account, cancellation);
    }
}
