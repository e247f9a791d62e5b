using Npgsql;
using ProcessDeployment.Browser.Tests.Looks;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Identity.Settings;

[assembly: AssemblyFixture(typeof(ProcessDeployment.Browser.Tests.Harness.PagesFixture))]

namespace ProcessDeployment.Browser.Tests.Harness;

/// <summary>One engine and one browser for all tests. Tests keep apart by the names of what they make, and each has a profile of its own.</summary>
public sealed class PagesFixture : IAsyncLifetime
{
    /// <summary>Whoever uses the pages acts under this name, while there is no other identity.</summary>
    public const string Actor = "kim@example.com";

    // Not a private temporary folder: as root, the server runs as another user who must be able to enter.
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"process-deployment-pages-{Guid.NewGuid():n}")).FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Task<Exhibition>? _exhibition;

    public RunningEngine Engine { get; private set; } = null!;

    internal IBrowser Browser => _browser!;

    public async ValueTask InitializeAsync()
    {
        Engine = new(Options with { DataFolder = Path.Combine(_folder, "data") });
        if (Chromium.Missing is not null) return;
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        SetDefaultExpectTimeout(Patience.Milliseconds);
        await Task.WhenAll(Engine.StartAsync(), BrowseAsync());
        await Company.PurchaseAsync(Engine);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        await Engine.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Opened when the first comes to see it.</summary>
    internal Task<Exhibition> ExhibitionAsync()
    {
        lock (_folder) return _exhibition ??= Exhibition.OpenAsync(Engine, word => word);
    }

    /// <summary>An engine of its own on a database of its own, for what would disturb others.</summary>
    /// <param name="identity">Who is let in.</param>
    public async Task<RunningEngine> StartAnotherAsync(IdentityOptions? identity = null)
    {
        var name = $"pages_{Guid.NewGuid():n}";
        await using var owner = NpgsqlDataSource.Create(Engine.OwnerLogin);
        await using var command = owner.CreateCommand($"create database {name}");
        await command.ExecuteNonQueryAsync();
        var engine = new RunningEngine(Options with
        {
            Postgres = new NpgsqlConnectionStringBuilder(Engine.OwnerLogin) { Database = name }.ConnectionString,
            LedgerFolder = Path.Combine(_folder, name),
            Identity = identity ?? IdentityOptions.Off,
        });
        await engine.StartAsync();
        return engine;
    }

    private static EngineOptions Options => new() { Sample = false, Actor = Actor };

    private async Task BrowseAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }
}
