namespace ProcessDeployment.Embedded.Tests;

public sealed class An_initdb_that_was_cut_off : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task by_killing_its_program_does_not_poison_the_folder()
    {
        await using var killed = await new OtherProgram(_folder.Path).StartAsync(until: "Creating");
        await killed.KillAsync();

        await using var next = await PrivatePostgres.StartAsync(_folder.Options, ct: TestContext.Current.CancellationToken);

        next.IsNew.ShouldBeTrue();
        (await next.AskAsync("SELECT 1")).ShouldBe("1");
    }

    [Fact]
    public async Task by_cancelling_does_not_poison_the_folder()
    {
        using var cancel = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() =>
            PrivatePostgres.StartAsync(_folder.Options, progress: _ => cancel.Cancel(), ct: cancel.Token));

        await using var next = await PrivatePostgres.StartAsync(_folder.Options, ct: TestContext.Current.CancellationToken);

        next.IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task long_ago_leaves_nothing_behind()
    {
        var leftover = Path.Combine(_folder.Path, "unfinished-0123", "cluster");
        Directory.CreateDirectory(leftover);
        await File.WriteAllTextAsync(Path.Combine(leftover, "PG_VERSION"), "15\n", CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "owner.lock"), "", CancellationToken.None);

        await using var next = await PrivatePostgres.StartAsync(_folder.Options, ct: TestContext.Current.CancellationToken);

        next.IsNew.ShouldBeTrue();
        Directory.Exists(leftover).ShouldBeFalse();
    }
}
