using System.Diagnostics;
using ProcessDeployment.Engine.Tests.Questions;
using static ProcessDeployment.Engine.Tests.Agents.AgentRuns;

namespace ProcessDeployment.Engine.Tests.Agents;

public sealed class Keeping_to_its_disk(EngineFixture engine)
{
    /// <summary>Longer than the system lets a path be, so that nobody can delete it by its path, whoever they are.</summary>
    private const string Deep = "name=$(printf '%0250d' 0); deep=; for i in $(seq 10); do deep=$deep$name/; done; mkdir -p $deep other/$deep; mv other/$name $deep";

    [Fact]
    public async Task runs_on_beside_a_folder_of_a_run_that_cannot_be_thrown_away()
    {
        var shop = await DeployedAsync(engine);
        await using var agent = await AgentProcess.PrepareAsync(engine, shop, shop.Production);
        var left = Directory.CreateDirectory(Path.Combine(agent.Folder, "runs", $"{Guid.CreateVersion7()}")).FullName;
        await File.WriteAllTextAsync(Path.Combine(left, "values.json"), "{}", TestContext.Current.CancellationToken);
        try
        {
            await ShellAsync(left, Deep);
            agent.Start($"--Run={Deep}");

            foreach (var _ in (int[])[1, 2]) (await EndedAsync(shop, await ExecuteWhenOnlineAsync(shop))).Text("status").ShouldBe("COMPLETE");
            await agent.SaysAsync($"{left} cannot be thrown away and stays");
            File.Exists(Path.Combine(left, "values.json")).ShouldBeFalse("it holds secrets");
        }
        finally
        {
            await agent.StopAsync();
            await ShellAsync(agent.Folder, "rm -rf runs");
        }
    }

    [Fact]
    public async Task throws_a_folder_away_that_was_made_read_only()
    {
        var shop = await DeployedAsync(engine);
        await using var agent = await StartAsync(engine, shop, "mkdir -p a/b; touch a/b/c; chmod -R a-w .");

        var run = await ExecuteAsync(shop);

        (await EndedAsync(shop, run)).Text("status").ShouldBe("COMPLETE");
        Directory.Exists(Path.Combine(agent.Folder, "runs", $"{run}")).ShouldBeFalse();
    }

    /// <summary>A folder in place of the file: the disk takes no line.</summary>
    [Fact]
    public async Task tells_how_a_run_ended_that_the_disk_does_not_take_and_writes_it_later()
    {
        var shop = await DeployedAsync(engine);
        await using var agent = await StartAsync(engine, shop, UntilGo);
        var run = await ExecuteAsync(shop);
        await FiredAsync(agent, 1);
        var file = Path.Combine(agent.Folder, "runs", $"{run}.jsonl");
        File.Delete(file);
        Directory.CreateDirectory(file);

        await GoAsync(agent);

        (await EndedAsync(shop, run)).Text("status").ShouldBe("COMPLETE");
        await agent.SaysAsync("is not on disk");
        Directory.Delete(file);
        await Eventually.BecomesAsync(async () => File.Exists(file) ? await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) : "", kept => kept.Contains("\"step\":\"Told\"", StringComparison.Ordinal));
    }

    private static async Task<Guid> ExecuteWhenOnlineAsync(Shop shop)
    {
        await OnlineAsync(shop);
        return await ExecuteAsync(shop);
    }

    private static async Task ShellAsync(string folder, string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = folder })!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        shell.ExitCode.ShouldBe(0);
    }
}
