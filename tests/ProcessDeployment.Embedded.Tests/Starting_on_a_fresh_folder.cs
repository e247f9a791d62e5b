namespace ProcessDeployment.Embedded.Tests;

public sealed class Starting_on_a_fresh_folder(Starting_on_a_fresh_folder.Once once) : IClassFixture<Starting_on_a_fresh_folder.Once>
{
    private readonly PrivatePostgres _postgres = once.Postgres;

    [Fact]
    public void creates_a_cluster_and_says_so()
    {
        _postgres.IsNew.ShouldBeTrue();
        once.Progress.ShouldContain(line => line.StartsWith("Creating"));
    }

    [Fact]
    public async Task creates_the_database() =>
        (await _postgres.AskAsync("SELECT current_database()")).ShouldBe("process_deployment");

    [Fact]
    public async Task commits_to_disk_with_checksums_in_UTF8() =>
        (await _postgres.AskAsync(
            """
            SELECT string_agg(setting, ' ' ORDER BY name) FROM pg_settings
            WHERE name IN ('data_checksums', 'fsync', 'full_page_writes', 'synchronous_commit', 'server_encoding')
            """)).ShouldBe("on on on UTF8 on");

    [Fact]
    public async Task orders_by_code_point_and_knows_the_letters_of_all_languages() =>
        (await _postgres.AskAsync("SELECT lower('Ä' COLLATE \"default\") || ('Z' < 'a')::text")).ShouldBe("ätrue");

    [Fact]
    public async Task listens_on_the_loopback_address_only() =>
        (await _postgres.AskAsync("SELECT current_setting('listen_addresses') || current_setting('unix_socket_directories')")).ShouldBe("127.0.0.1");

    [Fact]
    public async Task lets_nobody_in_without_the_password() =>
        (await Should.ThrowAsync<Npgsql.NpgsqlException>(async () =>
        {
            var guess = new Npgsql.NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Password = "postgres" };
            await using var connection = new Npgsql.NpgsqlConnection(guess.ConnectionString);
            await connection.OpenAsync(TestContext.Current.CancellationToken);
        })).SqlState.ShouldBe("28P01");

    [Fact]
    public void keeps_the_password_where_only_its_owner_reads_it()
    {
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(once.Folder.Path, "password")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void logs_into_the_folder() =>
        Directory.GetFiles(Path.Combine(once.Folder.Path, "cluster", "log"), "postgresql-*.log").ShouldNotBeEmpty();

    public sealed class Once : IAsyncLifetime
    {
        internal TemporaryFolder Folder { get; } = new();
        internal List<string> Progress { get; } = [];
        internal PrivatePostgres Postgres { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Postgres = await PrivatePostgres.StartAsync(Folder.Options, Progress.Add, TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            await Postgres.DisposeAsync();
            Folder.Dispose();
        }
    }
}
