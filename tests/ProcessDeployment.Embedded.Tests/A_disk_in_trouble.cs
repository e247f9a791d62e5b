namespace ProcessDeployment.Embedded.Tests;

public sealed class A_disk_in_trouble : IAsyncLifetime
{
    private TemporaryFolder _mount = null!;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PrivatePostgresOptions Options => new(Path.Combine(_mount.Path, "data"));

    public async ValueTask InitializeAsync()
    {
        Missing.NeedsRootOnLinux();
        _mount = new TemporaryFolder();
        Directory.CreateDirectory(_mount.Path);
        if (!await Shell.RunAsync("mount", "-t", "tmpfs", "-o", "size=300m,mode=755", "tmpfs", _mount.Path))
        {
            _mount.Dispose();
            Missing.Say("This test needs the right to mount a disk.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A server that is still going down keeps the disk busy; it is gone from here all the same.
        if (!await Shell.RunAsync("umount", _mount.Path)) await Shell.RunAsync("umount", "--lazy", _mount.Path);
        _mount.Dispose();
    }

    [Fact]
    public async Task that_is_too_small_for_a_new_database_is_reported()
    {
        (await Shell.RunAsync("mount", "-o", "remount,size=20m", _mount.Path)).ShouldBeTrue();

        await RefusesAsync("is full: at least 200 MB are needed");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4 << 10)]
    public async Task that_is_full_is_reported_and_all_is_well_when_there_is_room_again(int left)
    {
        await using (var postgres = await PrivatePostgres.StartAsync(Options, ct: Ct))
            await postgres.AskAsync("CREATE TABLE kept AS SELECT 42 AS answer");
        var filler = await FillAsync(left);

        await RefusesAsync("is full");

        File.Delete(filler);
        await using var again = await PrivatePostgres.StartAsync(Options, ct: Ct);
        (await again.AskAsync("SELECT answer FROM kept")).ShouldBe("42");
    }

    [Fact]
    public async Task that_is_read_only_is_reported_and_all_is_well_when_it_can_be_written_again()
    {
        await using (var postgres = await PrivatePostgres.StartAsync(Options, ct: Ct))
            await postgres.AskAsync("CREATE TABLE kept AS SELECT 42 AS answer");
        (await Shell.RunAsync("mount", "-o", "remount,ro", _mount.Path)).ShouldBeTrue();

        await RefusesAsync("is read-only");

        (await Shell.RunAsync("mount", "-o", "remount,rw", _mount.Path)).ShouldBeTrue();
        await using var again = await PrivatePostgres.StartAsync(Options, ct: Ct);
        (await again.AskAsync("SELECT answer FROM kept")).ShouldBe("42");
    }

    private async Task RefusesAsync(string because) =>
        (await Should.ThrowAsync<PrivatePostgresException>(() => PrivatePostgres.StartAsync(Options, ct: Ct))).Message.ShouldContain(because);

    private async Task<string> FillAsync(int left)
    {
        var filler = Path.Combine(_mount.Path, "filler");
        var zeros = new byte[32 << 10];
        await using var file = new FileStream(filler, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 });
        while (new DriveInfo(_mount.Path).AvailableFreeSpace >= left + zeros.Length)
            await file.WriteAsync(zeros, Ct);
        await file.WriteAsync(zeros.AsMemory(0, (int)(new DriveInfo(_mount.Path).AvailableFreeSpace - left)), Ct);
        return filler;
    }
}
