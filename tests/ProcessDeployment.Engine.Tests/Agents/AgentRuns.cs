using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Agents;

/// <summary>An agent that runs what it is asked to, and what became of that.</summary>
internal static class AgentRuns
{
    /// <summary>Says that it began, with its id and that of one it started, and waits.</summary>
    public const string Waiting = """echo begun; sleep 600 & echo $$ $! >> ../../fired; wait""";

    /// <summary>Says that it began, and waits until it may go on.</summary>
    public const string UntilGo = """echo $$ >> ../../fired; while [ ! -f ../../go ]; do sleep 0.02; done; echo done""";

    public const string Brief = """echo $$ >> ../../fired""";

    public static async Task<Shop> DeployedAsync(EngineFixture engine)
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders));
        return shop;
    }

    /// <summary>Started and known to be online.</summary>
    public static async Task<AgentProcess> StartAsync(EngineFixture engine, Shop shop, string run, Uri? url = null, params string[] more)
    {
        var agent = await AgentProcess.PrepareAsync(engine, shop, shop.Production, url);
        agent.Start([$"--Run={run}", .. more]);
        await OnlineAsync(shop);
        return agent;
    }

    public static Task OnlineAsync(Shop shop) => Eventually.BecomesAsync(() => shop.AskAsync($"/atoms/{shop.Production}"), atom => atom.Text("status") == "ONLINE");

    public static async Task<Guid> ExecuteAsync(Shop shop, params ExecutionProperty[] properties)
    {
        await shop.DoAsync(new ExecuteProcess { ProcessId = shop.Orders, AtomId = shop.Production, Properties = properties });
        return (await shop.AskAsync("/executions?take=1")).Items()[0].Id("executionId");
    }

    public static Task<JsonElement> EndedAsync(Shop shop, Guid run) =>
        Eventually.BecomesAsync(() => shop.Account.AskAsync($"/executions/{run}"), execution => execution.TryGetProperty("endedAt", out _));

    public static string[] Fired(AgentProcess agent) => File.Exists(Path.Combine(agent.Folder, "fired")) ? File.ReadAllLines(Path.Combine(agent.Folder, "fired")) : [];

    public static Task<string[]> FiredAsync(AgentProcess agent, int times) => Eventually.BecomesAsync(() => Task.FromResult(Fired(agent)), fired => fired.Length == times);

    /// <summary>Lets what waits for it end.</summary>
    public static Task GoAsync(AgentProcess agent) => File.WriteAllTextAsync(Path.Combine(agent.Folder, "go"), "", TestContext.Current.CancellationToken);

    /// <summary>One that has ended is in the list until its parent looks, without a command.</summary>
    public static bool Alive(string[] fired) => fired.SelectMany(line => line.Split(' ')).Any(pid => File.Exists($"/proc/{pid}/cmdline") && File.ReadAllText($"/proc/{pid}/cmdline").Length > 0);
}
