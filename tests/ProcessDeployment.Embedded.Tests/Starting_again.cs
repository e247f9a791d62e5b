using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ProcessDeployment.Embedded.Tests;

public sealed class Starting_again : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _progress = [];

    public void Dispose() => _folder.Dispose();

    private Task<PrivatePostgres> StartAsync() => PrivatePostgres.StartAsync(_folder.Options, _progress.Add, TestContext.Current.CancellationToken);

    private string PidFile => Path.Combine(_folder.Path, "cluster", "postmaster.pid");

    private async Task<string> StartAndStopAsync()
    {
        await using var postgres = await StartAsync();
        await postgres.AskAsync("CREATE TABLE kept AS SELECT 42 AS answer");
        return postgres.ConnectionString;
    }

    [Fact]
    public async Task after_a_stop_finds_the_data_under_the_same_address()
    {
        var address = await StartAndStopAsync();

        await using var second = await StartAsync();

        second.IsNew.ShouldBeFalse();
        second.ConnectionString.ShouldBe(address);
        (await second.AskAsync("SELECT answer FROM kept")).ShouldBe("42");
    }

    [Fact]
    public async Task chooses_another_port_when_somebody_has_taken_its_own()
    {
        var taken = new NpgsqlConnectionStringBuilder(await StartAndStopAsync()).Port;
        using var somebody = new TcpListener(IPAddress.Loopback, taken);
        somebody.Start();

        await using var second = await StartAsync();

        new NpgsqlConnectionStringBuilder(second.ConnectionString).Port.ShouldNotBe(taken);
        (await second.AskAsync("SELECT answer FROM kept")).ShouldBe("42");
    }

    [Fact]
    public async Task after_its_program_was_killed_takes_the_server_over_and_stops_it_at_the_end()
    {
        await using var killed = await new OtherProgram(_folder.Path).StartAsync();
        await killed.KillAsync();

        var next = await StartAsync();
        await using (next)
        {
            next.ProcessId.ShouldBe(killed.ServerProcessId);
            _progress.ShouldContain(line => line.StartsWith("Taking over"));
            (await next.AskAsync("SELECT 1")).ShouldBe("1");
        }
        await Should.ThrowAsync<NpgsqlException>(() => next.AskAsync("SELECT 1"));
    }

    [Fact]
    public async Task after_its_program_was_killed_in_the_middle_of_a_start_copes_with_the_server_on_its_way_up()
    {
        await StartAndStopAsync();
        await using var killed = await new OtherProgram(_folder.Path).StartAsync(until: "Starting");
        await killed.KillAsync();

        await using var next = await StartAsync();

        (await next.AskAsync("SELECT answer FROM kept")).ShouldBe("42");
    }

    [Fact]
    public async Task after_its_server_was_killed_recovers_what_was_committed()
    {
        await using (var first = await StartAsync())
        {
            await first.AskAsync("CREATE TABLE kept AS SELECT 42 AS answer");
            using var server = Process.GetProcessById(first.ProcessId);
            server.Kill();
        }
        await using var second = await StartAsync();

        (await second.AskAsync("SELECT answer FROM kept")).ShouldBe("42");
    }

    [Fact]
    public async Task is_not_misled_by_the_number_of_a_dead_server_that_is_now_another_programs()
    {
        await StartAndStopAsync();
        await File.WriteAllTextAsync(PidFile, $"{Environment.ProcessId}\n{_folder.Path}\n1\n5432\n\n127.0.0.1\n0 0\nready\n", CancellationToken.None);

        await using var second = await StartAsync();

        (await second.AskAsync("SELECT answer FROM kept")).ShouldBe("42");
    }

    [Fact]
    public async Task runs_as_the_user_who_owns_the_cluster()
    {
        Missing.NeedsRootOnLinux();
        await StartAndStopAsync();
        (await Shell.RunAsync("chown", "-R", "nobody:nogroup", Path.Combine(_folder.Path, "cluster"))).ShouldBeTrue();

        await using var second = await StartAsync();

        var status = await File.ReadAllLinesAsync($"/proc/{second.ProcessId}/status", CancellationToken.None);
        status.ShouldContain(line => line.StartsWith("Uid:\t65534"));
    }

    [Fact]
    public async Task takes_a_cluster_back_that_root_has_restored_from_a_copy()
    {
        Missing.NeedsRootOnLinux();
        await StartAndStopAsync();
        (await Shell.RunAsync("chown", "-R", "root:root", Path.Combine(_folder.Path, "cluster"))).ShouldBeTrue();

        await using var second = await StartAsync();

        (await second.AskAsync("SELECT answer FROM kept")).ShouldBe("42");
    }
}
