using System.Globalization;
using Npgsql;

namespace ProcessDeployment.Embedded.Tests;

public sealed class Stopping : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task happens_once_and_does_not_wait_for_open_connections()
    {
        var postgres = await PrivatePostgres.StartAsync(_folder.Options, ct: Ct);
        await using var open = new NpgsqlConnection(postgres.ConnectionString);
        await open.OpenAsync(Ct);

        await postgres.DisposeAsync();
        await postgres.DisposeAsync();

        File.Exists(Path.Combine(_folder.Path, "cluster", "postmaster.pid")).ShouldBeFalse();
    }

    [Fact]
    public async Task is_left_to_the_next_start_when_the_server_is_to_keep_running()
    {
        var kept = await PrivatePostgres.StartAsync(_folder.Options with { KeepRunning = true }, ct: Ct);
        await kept.DisposeAsync();

        await using var next = await PrivatePostgres.StartAsync(_folder.Options, ct: Ct);

        next.ProcessId.ShouldBe(kept.ProcessId);
    }

    [Fact]
    public async Task is_ours_to_decide_because_no_signal_of_the_terminal_reaches_the_server()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Sessions are read from /proc, which only Linux has.");
        await using var postgres = await PrivatePostgres.StartAsync(_folder.Options, ct: Ct);

        SessionOf(postgres.ProcessId).ShouldBe(postgres.ProcessId);
    }

    [Fact]
    public async Task leaves_nothing_running_when_a_start_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => PrivatePostgres.StartAsync(
            _folder.Options, progress: line => CancelAt("Starting", line, cancel), ct: cancel.Token));

        File.Exists(Path.Combine(_folder.Path, "cluster", "postmaster.pid")).ShouldBeFalse();
    }

    private static void CancelAt(string step, string line, CancellationTokenSource cancel)
    {
        if (line.StartsWith(step, StringComparison.Ordinal))
            cancel.Cancel();
    }

    private static int SessionOf(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var afterName = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return int.Parse(afterName[3], CultureInfo.InvariantCulture);
    }
}
