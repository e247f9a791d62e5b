using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Export;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Engine.Webhooks;

[assembly: AssemblyFixture(typeof(ProcessDeployment.Engine.Tests.EngineFixture))]

namespace ProcessDeployment.Engine.Tests;

/// <summary>One engine with a PostgreSQL of its own for all tests. Tests keep apart by accounts, as tenants do.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    // Not a private temporary folder: as root, the server runs as another user who must be able to enter.
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"process-deployment-tests-{Guid.NewGuid():n}")).FullName;
    private WebApplication? _app;

    /// <summary>Where the engine serves HTTP.</summary>
    public Uri Url => new(_app!.Urls.First());

    public string DataFolder => Path.Combine(_folder, "data");

    public IServiceProvider Services => _app!.Services;

    public Databases Databases => Services.GetRequiredService<Databases>();

    /// <summary>For what the engine's own login may not do: looking everywhere, and playing the one who tampers.</summary>
    public NpgsqlDataSource Owner { get; private set; } = null!;

    public ICommandPipeline Pipeline => Services.GetRequiredService<ICommandPipeline>();

    public async ValueTask InitializeAsync()
    {
        _app = await EngineHost.BuildAsync(
            ["--urls", "http://127.0.0.1:0"],
            new() { DataFolder = DataFolder, Sample = false, PrivateWebhooks = true },
            builder => builder.Services.AddSingleton<ICallers, TestCallers>().AddSingleton(new ExportPace(TimeSpan.Zero))
                .AddSingleton(new WebhookPace(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1), 4)));
        Owner = Databases.OpenOwner();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await Owner.DisposeAsync();
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A database of its own, for an engine of its own, on the same server.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"t_{Guid.NewGuid():n}";
        await using var command = Owner.CreateCommand($"create database {name}");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(Databases.Logins.Owner) { Database = name }.ConnectionString;
    }

    /// <summary>A login that is a member of a role, as an administrator would make it.</summary>
    public async Task<string> NewLoginAsync(string owner, string role)
    {
        var login = $"login_{Guid.NewGuid():n}";
        await using var command = Owner.CreateCommand($"create role {login} login password 'of-a-test' in role {role}");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(owner) { Username = login, Password = "of-a-test" }.ConnectionString;
    }

    /// <summary>Where an engine on a database of its own keeps its ledger.</summary>
    public string LedgerFolderOf(string database) => Path.Combine(_folder, $"ledger-{new NpgsqlConnectionStringBuilder(database).Database}");

    /// <summary>An account of its own for a test.</summary>
    public async Task<TestAccount> NewAccountAsync(string? name = null)
    {
        name ??= $"t-{Guid.NewGuid():n}";
        await Services.GetRequiredService<AccountList>().AddAsync(name);
        return new(this, name);
    }
}

/// <summary>An account that a test talks to.</summary>
public sealed class TestAccount(EngineFixture engine, string name)
{
    public string Name { get; } = name;

    /// <summary>What is asked as <c>asOf</c>; null for the present.</summary>
    public string? Moment { get; private init; }

    /// <summary>The same account at a moment of its past.</summary>
    public TestAccount AsOf(string moment) => new(engine, Name) { Moment = moment };

    public TestAccount AsOf(long position) => AsOf(position.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Talks HTTP to the engine as this account.</summary>
    public HttpClient Http { get; } = new() { BaseAddress = engine.Url, DefaultRequestHeaders = { { TestCallers.Header, name } } };

    public Task<Outcome> SendAsync(Command command, Guid? id = null, string channel = Channels.Http) =>
        engine.Pipeline.SubmitAsync(Incoming(command, id, channel));

    /// <summary>The command as every channel hands it over: written to its wire form and read back.</summary>
    public IncomingCommand Incoming(Command command, Guid? id = null, string channel = Channels.Http)
    {
        var written = CommandWriter.ToCloudEvent(id ?? Guid.CreateVersion7(), "//tests", command with { AccountId = Name, Actor = command.Actor ?? "kim@example.com" }, time: null);
        var parsed = CommandParser.Parse(written, CommandDefaults.None);
        return new(parsed.Envelope ?? throw new InvalidOperationException(string.Join("; ", parsed.Errors)), channel);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = engine.Owner.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Name });
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
