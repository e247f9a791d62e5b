namespace ProcessDeployment.Embedded.Tests;

public sealed class Settings : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task of_ones_own_go_before_ours()
    {
        var options = _folder.Options with { Settings = new Dictionary<string, string> { ["work_mem"] = "3MB", ["cluster_name"] = "it's mine" } };
        await using var postgres = await PrivatePostgres.StartAsync(options, ct: Ct);

        (await postgres.AskAsync("SELECT current_setting('work_mem') || current_setting('cluster_name')")).ShouldBe("3MBit's mine");
    }

    [Fact]
    public async Task that_changed_reach_a_server_that_is_taken_over()
    {
        await (await PrivatePostgres.StartAsync(_folder.Options with { KeepRunning = true }, ct: Ct)).DisposeAsync();

        var changed = _folder.Options with { Settings = new Dictionary<string, string> { ["work_mem"] = "3MB" } };
        await using var postgres = await PrivatePostgres.StartAsync(changed, ct: Ct);

        (await postgres.AskAsync("SELECT current_setting('work_mem')")).ShouldBe("3MB");
    }

    [Theory]
    [InlineData("fsync")]
    [InlineData("synchronous_commit")]
    [InlineData("listen_addresses")]
    [InlineData("port")]
    public async Task that_keep_data_safe_or_private_cannot_be_changed(string name)
    {
        var options = _folder.Options with { Settings = new Dictionary<string, string> { [name] = "off" } };

        (await Should.ThrowAsync<PrivatePostgresException>(() => PrivatePostgres.StartAsync(options, ct: Ct))).Message.ShouldContain(name);
    }
}
