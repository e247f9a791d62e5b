namespace ProcessDeployment.Embedded.Tests;

public sealed class A_folder_with_something_wrong : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task is_not_touched_when_it_holds_somebody_elses_files()
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "thesis.txt"), "mine", Ct);

        await RefusesAsync("not empty and was not made by this program");

        Directory.GetFileSystemEntries(_folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task is_refused_when_it_is_a_file()
    {
        await File.WriteAllTextAsync(_folder.Path, "", Ct);

        await RefusesAsync("is a file");
    }

    [Fact]
    public async Task is_used_when_it_is_empty()
    {
        using var empty = new TemporaryFolder();
        await using var postgres = await PrivatePostgres.StartAsync(new PrivatePostgresOptions(empty.Parent), ct: Ct);

        postgres.IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task is_reported_when_its_version_cannot_be_read()
    {
        await MakeAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "cluster", "PG_VERSION"), "\0\0", Ct);

        await RefusesAsync("PG_VERSION is missing or unreadable");
    }

    [Fact]
    public async Task is_reported_in_the_words_of_the_server_when_its_files_are_damaged()
    {
        await MakeAsync();
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "cluster", "global", "pg_control"), new byte[8192], Ct);

        await RefusesAsync("did not start", "pg_control");
    }

    [Fact]
    public async Task is_reported_when_its_password_is_missing()
    {
        await MakeAsync();
        File.Delete(Path.Combine(_folder.Path, "password"));

        await RefusesAsync("password is missing");
    }

    [Fact]
    public async Task is_reported_when_it_belongs_to_another_user()
    {
        Missing.NeedsRootOnLinux();
        (await Shell.RunAsync("chown", "postgres", _folder.Parent)).ShouldBeTrue();
        var home = new Dictionary<string, string> { ["HOME"] = _folder.Parent };
        await using (var owner = await new OtherProgram(_folder.Path) { AsUser = "postgres", Environment = home }.StartAsync())
            owner.Answer.ShouldStartWith("running");

        await using var stranger = await new OtherProgram(_folder.Path) { AsUser = "nobody", Environment = home }.StartAsync();

        stranger.Answer.ShouldStartWith("refused");
        stranger.Answer.ShouldContain("closed to the user 'nobody' or belongs to another");
    }

    [Fact]
    public async Task is_reported_when_root_cannot_let_the_servers_user_into_it()
    {
        Missing.NeedsRootOnLinux();
        (await Shell.RunAsync("chmod", "700", _folder.Parent)).ShouldBeTrue();

        await RefusesAsync("refuses to run as root", "cannot get into the folder");
    }

    private async Task MakeAsync()
    {
        await using (await PrivatePostgres.StartAsync(_folder.Options, ct: Ct))
        {
        }
    }

    private async Task RefusesAsync(params string[] because)
    {
        var refused = await Should.ThrowAsync<PrivatePostgresException>(() => PrivatePostgres.StartAsync(_folder.Options, ct: Ct));
        foreach (var words in because)
            refused.Message.ShouldContain(words);
    }
}
