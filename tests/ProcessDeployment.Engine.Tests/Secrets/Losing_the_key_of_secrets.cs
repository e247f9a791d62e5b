using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Tests.Secrets;

/// <summary>With an engine, a database and a folder of its own.</summary>
public sealed class Losing_the_key_of_secrets(EngineFixture engine)
{
    [Fact]
    public async Task is_told_at_the_start_with_the_way_out_and_nothing_is_lost_when_it_comes_back()
    {
        var database = await engine.NewDatabaseAsync();
        var folder = engine.LedgerFolderOf(database);
        await RunAsync(database, folder, SetAsync);
        var key = Directory.GetFiles(folder, "secret-key-*.txt").ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(key, key + ".away");

        (await Should.ThrowAsync<EngineStartException>(() => RunAsync(database, folder, _ => Task.CompletedTask))).Message.ShouldContain(key);

        File.Move(key + ".away", key);
        await RunAsync(database, folder, async own => (await own.ValuesAsync())["password"].ShouldBe("hunter2"));
    }

    [Fact]
    public async Task does_not_matter_before_anything_was_sealed_with_it()
    {
        var database = await engine.NewDatabaseAsync();
        var folder = engine.LedgerFolderOf(database);
        await RunAsync(database, folder, _ => Task.CompletedTask);
        foreach (var key in Directory.GetFiles(folder, "secret-key-*.txt")) File.Delete(key);

        await RunAsync(database, folder, async own =>
        {
            await SetAsync(own);
            (await own.ValuesAsync())["password"].ShouldBe("hunter2");
        });
    }

    [Fact]
    public async Task after_a_rotation_says_for_which_values_it_is_needed()
    {
        var database = await engine.NewDatabaseAsync();
        var folder = engine.LedgerFolderOf(database);
        await using (var own = await SecretEngine.StartAsync(database, folder, SecretEngine.Still))
        {
            await SetAsync(own);
            var former = own.Keys.Newest.Id;
            await own.Rotation.MakeAsync("kim", TestContext.Current.CancellationToken);
            File.Delete(Path.Combine(folder, $"secret-key-{former}.txt"));
            await own.Keys.RefreshAsync(TestContext.Current.CancellationToken);

            (await Should.ThrowAsync<InvalidOperationException>(own.ValuesAsync)).Message.ShouldContain($"the key {former}");
        }

        (await Should.ThrowAsync<EngineStartException>(() => SecretEngine.StartAsync(database, folder, SecretEngine.Still))).Message
            .ShouldContain($"It is needed for extension password of Process {SecretEngine.Process} on Atom {SecretEngine.Atom} of account local.");
    }

    private static async Task SetAsync(SecretEngine own)
    {
        await own.OpenAsync("password");
        await own.SetAsync("password", "hunter2");
    }

    private static async Task RunAsync(string database, string folder, Func<SecretEngine, Task> use)
    {
        await using var own = await SecretEngine.StartAsync(database, folder);
        await use(own);
    }
}
