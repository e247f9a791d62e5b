using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Secrets;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Tests.Secrets;

/// <summary>An engine with a database and a folder of its own, in which one Process on one Atom has secret values.</summary>
internal sealed class SecretEngine : IAsyncDisposable
{
    public static readonly Guid Process = Guid.CreateVersion7();
    public static readonly Guid Atom = Guid.CreateVersion7();

    /// <summary>Whoever looks after keys does so only when a test says so.</summary>
    public static readonly KeyPace Still = new(TimeSpan.FromHours(1), TimeSpan.Zero, 3);

    private readonly WebApplication _app;

    private SecretEngine(WebApplication app) => (_app, Http) = (app, new() { BaseAddress = new(app.Urls.First()) });

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public KeyRotation Rotation => Services.GetRequiredService<KeyRotation>();

    public SecretKeys Keys => Services.GetRequiredService<SecretKeys>();

    public static Task<SecretEngine> StartAsync(string database, string folder, KeyPace? pace = null) =>
        StartAsync((new() { Postgres = database, LedgerFolder = folder, Sample = false }, builder =>
        {
            if (pace is not null) builder.Services.AddSingleton(pace);
        }
    ));

    public static async Task<SecretEngine> StartAsync((EngineOptions Options, Action<WebApplicationBuilder> Customise) with)
    {
        var app = await EngineHost.BuildAsync(["--urls", "http://127.0.0.1:0"], with.Options, with.Customise);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Declares secret values and deploys, so that they can be set.</summary>
    public async Task OpenAsync(params string[] keys)
    {
        await SubmitAsync(new SaveComponent { ComponentId = Process, ComponentType = ComponentTypes.Process, Name = "Orders", Extensions = [.. keys.Select(key => new ExtensionDeclaration(key, key, Secret: true))] });
        await SubmitAsync(new RegisterAtom { AtomId = Atom, Name = "Production" });
        await SubmitAsync(new AttachAtoms { ProcessId = Process, AtomIds = [Atom] });
        (await SubmitAsync(new DeployProcess { ProcessId = Process })).Status.ShouldBe(OutcomeStatus.Accepted);
    }

    public async Task SetAsync(string key, string value) => (await SubmitAsync(Setting((key, value)))).Status.ShouldBe(OutcomeStatus.Accepted);

    public static SetExtensions Setting(params (string Key, string Value)[] values) =>
        new() { ProcessId = Process, AtomId = Atom, Values = [.. values.Select(value => new ExtensionSetting(value.Key, value.Value))], Partial = true };

    public Task<Outcome> SubmitAsync(Command command, Guid? id = null)
    {
        var written = CommandWriter.ToCloudEvent(id ?? Guid.CreateVersion7(), "//tests", command with { AccountId = "local", Actor = "kim" });
        return Services.GetRequiredService<ICommandPipeline>().SubmitAsync(new(CommandParser.Parse(written, CommandDefaults.None).Envelope!, Channels.Http), TestContext.Current.CancellationToken);
    }

    /// <summary>As the Atom gets them.</summary>
    public async Task<Dictionary<string, string?>> ValuesAsync() =>
        (await Services.GetRequiredService<ExtensionValues>().ForAtomAsync("local", Process, Atom, TestContext.Current.CancellationToken)).ToDictionary(extension => extension.Key, extension => extension.Value);

    /// <summary>Under which keys they are.</summary>
    public async Task<IReadOnlyDictionary<string, long>> SealedWithAsync() => await Services.GetRequiredService<SealedValues>().CountAsync(TestContext.Current.CancellationToken);

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Services.GetRequiredService<Databases>().Shared.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
