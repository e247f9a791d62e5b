using System.Text.Json;
using ProcessDeployment.Engine.Tests.ReadModels;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Replaying_a_process(EngineFixture engine)
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(401, 4)];

    [Fact]
    public async Task says_why_it_turned_bold_and_plain_again()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders), shop.SaveMap("other"), Shop.Deploy(shop.Orders, "with the new map"));

        var steps = (await shop.AskAsync($"/processes/{shop.Orders}/replay")).Items();

        steps.Select(step => step.GetProperty("event").Text("type")!.Split('.')[1]).ShouldBe(["revision-made", "atom-attached", "version-deployed", "revision-made", "version-deployed"]);
        steps.Select(step => step.Flag("boldChanged")).ShouldBe([true, false, true, true, true]);
        steps[0].GetProperty("before").ValueKind.ShouldBe(JsonValueKind.Null);
        Codes(steps[0], "appeared").ShouldBe(["NeverDeployed Orders"]);
        Codes(steps[2], "gone").ShouldBe(["NeverDeployed Orders"]);
        Codes(steps[3], "appeared").ShouldBe(["Revised Invoice map"]);
        Codes(steps[4], "gone").ShouldBe(["Revised Invoice map"]);
        steps[4].GetProperty("after").Number("currentVersion").ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task shows_each_step_as_an_independent_fold_does_and_misses_none(int seed)
    {
        var events = RandomHistory.Of(seed, 160);
        var account = await engine.NewAccountAsync();
        await engine.ProjectAsync(events.Select(e => e.In(account.Name)), 50);
        var pictures = Enumerable.Range(0, events.Count + 1).Select(position => Oracle.Fold(events.Take(position)).Processes).ToList();

        foreach (var processId in pictures[^1].Keys)
        {
            var seen = new HashSet<long>();
            var cursor = "";
            while (cursor is not null)
            {
                var page = await account.AskAsync($"/processes/{processId}/replay?take=7{cursor}");
                foreach (var step in page.Items())
                {
                    var position = (int)step.GetProperty("event").GetProperty("position").GetInt64();
                    seen.Add(position).ShouldBeTrue();
                    Text(step, "before").ShouldBe(Text(pictures[position - 1], processId));
                    Text(step, "after").ShouldBe(Text(pictures[position], processId));
                }

                cursor = page.Text("next") is { } next ? $"&cursor={next}" : null;
            }

            Enumerable.Range(1, events.Count).Where(position => Text(pictures[position - 1], processId) != Text(pictures[position], processId)).Select(position => (long)position)
                .ShouldBeSubsetOf(seen);
        }
    }

    private static IEnumerable<string> Codes(JsonElement step, string list) => step.Items(list).Select(reason => $"{reason.Text("code")} {reason.Text("name")}");

    private static string? Text(JsonElement step, string side) =>
        step.GetProperty(side) is { ValueKind: JsonValueKind.Object } process ? Asking_after_random_histories.Process(process) : null;

    private static string? Text(IReadOnlyDictionary<Guid, ProcessItem> processes, Guid processId) =>
        processes.TryGetValue(processId, out var process) ? Asking_after_random_histories.Process(process) : null;
}
