using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.RabbitMq;
using ProcessDeployment.Engine.Tests;

namespace ProcessDeployment.ChannelTests;

[CollectionDefinition]
public sealed class Broker : ICollectionFixture<BrokerFixture>;

/// <summary>A broker and an engine that uses it, on a database of its own beside that of the other tests.</summary>
public sealed class BrokerFixture(EngineFixture engine) : IAsyncLifetime
{
    private RabbitMqServer? _server;
    private WebApplication? _app;

    internal RabbitMqServer Server => _server!;

    internal IServiceProvider Services => _app!.Services;

    internal string Postgres { get; } =
        new NpgsqlConnectionStringBuilder(engine.Databases.Logins.Owner) { Database = $"broker_{Guid.NewGuid():n}" }.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        if (RabbitMqServer.Programs() is not { } programs)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("CI needs rabbitmq-server.");
            return;
        }

        await using (var create = engine.Owner.CreateCommand($"create database {new NpgsqlConnectionStringBuilder(Postgres).Database}"))
            await create.ExecuteNonQueryAsync();
        _server = await RabbitMqServer.StartNewAsync(programs);
        _app = await EngineHost.BuildAsync(
            ["--urls", "http://127.0.0.1:0"],
            new() { Postgres = Postgres, LedgerFolder = engine.LedgerFolderOf(Postgres), RabbitMq = _server.Address, Sample = false },
            builder => builder.Services.AddSingleton<ICommandPipeline>(provider => new BrittlePipeline(provider.GetRequiredService<CommandPipeline>())));
        await _app.StartAsync();
        await Eventually.TrueAsync(() => Task.FromResult(_app.Services.GetRequiredService<CommandIntake>().Connected), "the engine to take commands from the broker");
        // The broker writes its list of queues seconds later; killed before, it would not know them.
        await _server.ControlAsync("eval", "mnesia:sync_log().");
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
    }

    internal async Task<string> NewAccountAsync()
    {
        Assert.SkipWhen(_server is null, "No rabbitmq-server in PATH or /usr/lib/rabbitmq/bin: install it to run the tests of the bus.");
        var name = $"t-{Guid.NewGuid():n}";
        await _app!.Services.GetRequiredService<AccountList>().AddAsync(name);
        return name;
    }
}
