using Npgsql;

namespace ProcessDeployment.Embedded.Tests;

public sealed class Starting_again : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task after_a_stop_finds_the_data_under_the_same_address()
    {
        string address;
        await using (var first = await PrivatePostgres.StartAsync(_folder.Options, ct: Ct))
        {
            await first.AskAsync("CREATE TABLE kept AS SELECT 42 AS answer");
            address = first.ConnectionString;
        }
        await using var second = await PrivatePostgres.StartAsync(_folder.Options, ct: Ct);

        second.IsNew.ShouldBeFalse();
        second.ConnectionString.ShouldBe(address);
        (await second.AskAsync("SELECT answer FROM kept")).ShouldBe("42");
    }

    [Fact]
    public async Task after_its_program_was_killed_takes_the_server_over_and_stops_it_at_the_end()
    {
        int server;
        await using (var killed = await OtherProgram.StartAsync(_folder.Path))
        {
            server = killed.ServerProcessId;
            await killed.KillAsync();
        }
        var progress = new List<string>();
        var next = await PrivatePostgres.StartAsync(_folder.Options, progress.Add, Ct);
        await using (next)
        {
            next.ProcessId.ShouldBe(server);
            progress.ShouldContain(line => line.StartsWith("Taking over"));
            (await next.AskAsync("SELECT 1")).ShouldBe("1");
        }
        await Should.ThrowAsync<NpgsqlException>(() => next.AskAsync("SELECT 1"));
    }
}
