using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Secrets;

namespace ProcessDeployment.Engine.Tests.Secrets;

/// <summary>With an engine, a database and a folder of its own.</summary>
public sealed class Losing_the_key_of_secrets(EngineFixture engine)
{
    private static readonly Guid Process = Guid.CreateVersion7();
    private static readonly Guid Atom = Guid.CreateVersion7();

    [Fact]
    public async Task is_told_at_the_start_with_the_way_out_and_nothing_is_lost_when_it_comes_back()
    {
        var database = await engine.NewDatabaseAsync();
        var folder = engine.LedgerFolderOf(database);
        await RunAsync(database, folder, app => SetAsync(app, "hunter2"));
        var key = Directory.GetFiles(folder, "secret-key-*.txt").ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(key, key + ".away");

        (await Should.ThrowAsync<EngineStartException>(() => RunAsync(database, folder, _ => Task.CompletedTask))).Message.ShouldContain(key);

        File.Move(key + ".away", key);
        await RunAsync(database, folder, async app => (await ForAtomAsync(app)).ShouldHaveSingleItem().Value.ShouldBe("hunter2"));
    }

    [Fact]
    public async Task does_not_matter_before_anything_was_sealed_with_it()
    {
        var database = await engine.NewDatabaseAsync();
        var folder = engine.LedgerFolderOf(database);
        await RunAsync(database, folder, _ => Task.CompletedTask);
        foreach (var key in Directory.GetFiles(folder, "secret-key-*.txt")) File.Delete(key);

        await RunAsync(database, folder, async app =>
        {
            await SetAsync(app, "hunter2");
            (await ForAtomAsync(app)).ShouldHaveSingleItem().Value.ShouldBe("hunter2");
        });
    }

    [Fact, Covers("#67")]
    public async Task or_having_it_no_log_says_a_secret()
    {
        using var logs = new Logs();
        var database = await engine.NewDatabaseAsync();
        await RunAsync(
            database,
            engine.LedgerFolderOf(database),
            async app =>
            {
                await SetAsync(app, "canary-in-a-log");
                await SubmitAsync(app, Setting("unknown", "canary-in-a-log"));
            },
            builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));

        logs.Lines.ShouldNotBeEmpty();
        logs.Lines.ShouldAllBe(line => !line.Contains("canary", StringComparison.Ordinal));
    }

    private static async Task SetAsync(WebApplication app, string secret)
    {
        await SubmitAsync(app, new SaveComponent { ComponentId = Process, ComponentType = ComponentTypes.Process, Name = "Orders", Extensions = [new("password", "Password", Secret: true)] });
        await SubmitAsync(app, new RegisterAtom { AtomId = Atom, Name = "Production" });
        await SubmitAsync(app, new AttachAtoms { ProcessId = Process, AtomIds = [Atom] });
        await SubmitAsync(app, new DeployProcess { ProcessId = Process });
        (await SubmitAsync(app, Setting("password", secret))).Status.ShouldBe(OutcomeStatus.Accepted);
    }

    private static SetExtensions Setting(string key, string value) => new() { ProcessId = Process, AtomId = Atom, Values = [new(key, value)], Partial = true };

    private static Task<Outcome> SubmitAsync(WebApplication app, Command command)
    {
        var written = CommandWriter.ToCloudEvent(Guid.CreateVersion7(), "//tests", command with { AccountId = "local", Actor = "kim" });
        return app.Services.GetRequiredService<ICommandPipeline>().SubmitAsync(new(CommandParser.Parse(written, CommandDefaults.None).Envelope!, Channels.Http), TestContext.Current.CancellationToken);
    }

    private static Task<IReadOnlyList<AtomExtension>> ForAtomAsync(WebApplication app) =>
        app.Services.GetRequiredService<ExtensionValues>().ForAtomAsync("local", Process, Atom, TestContext.Current.CancellationToken);

    private static async Task RunAsync(string database, string folder, Func<WebApplication, Task> use, Action<WebApplicationBuilder>? customise = null)
    {
        await using var app = await EngineHost.BuildAsync(["--urls", "http://127.0.0.1:0"], new() { Postgres = database, LedgerFolder = folder, Sample = false }, customise);
        await app.StartAsync(TestContext.Current.CancellationToken);
        await use(app);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Everything that is logged, as text.</summary>
    private sealed class Logs : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{formatter(state, exception)} {exception}"));

        public void Dispose()
        {
        }
    }
}
