namespace ProcessDeployment.Embedded.Tests;

public sealed class Programs_fetched_by_npm(Programs_fetched_by_npm.Fetched fetched) : IClassFixture<Programs_fetched_by_npm.Fetched>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PrivatePostgresOptions Options => _folder.Options with { ProgramsFolder = fetched.Programs.Path };

    private PrivatePostgresOptions OnlyFetched => Options with { SearchInstalled = false, BinFolder = null };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task serve_a_machine_without_PostgreSQL()
    {
        await using var postgres = await PrivatePostgres.StartAsync(OnlyFetched, ct: Ct);

        postgres.ServerVersion.Major.ShouldBe(18);
        (await postgres.AskAsync("SELECT lower('Ä') || ('Z' < 'a')::text || current_setting('data_checksums')")).ShouldBe("ätrueon");
    }

    [Fact]
    public async Task have_the_extension_pg_trgm()
    {
        await using var postgres = await PrivatePostgres.StartAsync(OnlyFetched, ct: Ct);

        await postgres.AskAsync("CREATE EXTENSION pg_trgm");
        (await postgres.AskAsync("SELECT similarity('process', 'processes') > 0.5")).ShouldBe("True");
    }

    [Fact]
    public async Task are_fetched_once()
    {
        var progress = new List<string>();
        await using var postgres = await PrivatePostgres.StartAsync(OnlyFetched, progress.Add, Ct);

        progress.ShouldNotContain(line => line.StartsWith("Fetching"));
    }

    [Fact]
    public async Task of_an_earlier_release_serve_when_the_present_one_cannot_be_fetched()
    {
        using var programs = new TemporaryFolder();
        Directory.CreateDirectory(programs.Path);
        Directory.CreateSymbolicLink(Path.Combine(programs.Path, "18.0.0-beta.1"), Directory.GetDirectories(fetched.Programs.Path).Single());
        var offline = OnlyFetched with { ProgramsFolder = programs.Path, FetchMissing = false };
        await using var postgres = await PrivatePostgres.StartAsync(offline, ct: Ct);

        postgres.BinFolder.ShouldContain("18.0.0-beta.1");
    }

    [Fact]
    public async Task go_on_serving_their_database_after_another_version_was_installed()
    {
        Missing.NeedsInstalledPrograms();
        await using (await PrivatePostgres.StartAsync(OnlyFetched, ct: Ct))
        {
        }
        await using var postgres = await PrivatePostgres.StartAsync(Options, ct: Ct);

        postgres.ServerVersion.Major.ShouldBe(18);
    }

    [Fact]
    public async Task are_named_with_both_versions_when_they_have_gone()
    {
        Missing.NeedsInstalledPrograms();
        await using (await PrivatePostgres.StartAsync(OnlyFetched, ct: Ct))
        {
        }
        var refused = await Should.ThrowAsync<PrivatePostgresException>(
            () => PrivatePostgres.StartAsync(_folder.Options with { FetchMissing = false }, ct: Ct));

        refused.Message.ShouldContain("is of PostgreSQL 18");
        refused.Message.ShouldContain("found: PostgreSQL 15.");
    }

    public sealed class Fetched : IAsyncLifetime
    {
        internal TemporaryFolder Programs { get; } = new();

        public async ValueTask InitializeAsync()
        {
            Missing.NeedsNpm();
            using var folder = new TemporaryFolder();
            var options = folder.Options with { SearchInstalled = false, BinFolder = null, ProgramsFolder = Programs.Path };
            await using var postgres = await PrivatePostgres.StartAsync(options, ct: TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync()
        {
            Programs.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
