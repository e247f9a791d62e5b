using System.Diagnostics;
using Npgsql;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>
/// Row P3 again, from below: the disk fails a COMMIT (fdatasync gives EIO). PostgreSQL panics and recovers from its log, where the
/// batch may be or not: whoever sent it cannot know.
/// </summary>
public sealed class Failing_to_write_to_disk(Rig rig) : Under_faults(rig)
{
    [Fact]
    public async Task leaves_one_effect_of_each_command()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "strace"))), "No strace: install it to let fdatasync fail.");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may always reach into another process: run these tests as root to let fdatasync fail.");
        await RoundsAsync("P3", "fdatasync fails with EIO", (random, report) => SurvivesAsync(random, report, async () =>
        {
            await Database.CheckpointAsync();
            await using var database = NpgsqlDataSource.Create(Database.ConnectionString);
            await using var ask = database.CreateCommand("select array_agg(pid) from pg_stat_activity where application_name = 'process-deployment pipeline'");
            var backends = (int[])(await ask.ExecuteScalarAsync())!;
            var strace = new ProcessStartInfo("strace", [.. backends.SelectMany(pid => (string[])["-p", $"{pid}"]), "-e", "trace=fdatasync", "-e", $"inject=fdatasync:error=EIO:when={random.Next(1, 4)}"]) { UseShellExecute = false, RedirectStandardError = true };
            using var failing = OsProcess.Start(strace)!;
            // It ends with the processes it has hold of.
            var said = await failing.StandardError.ReadToEndAsync();
            await failing.WaitForExitAsync();
            said.ShouldContain("EIO");
        }));
    }
}
