using ProcessDeployment.Engine.Tests.ReadModels;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Engine.Tests.Questions;

/// <summary>What a question said at a moment is what it says of that moment for ever.</summary>
public sealed class Asking_again_later(EngineFixture engine)
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(301, 4)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task is_answered_as_it_was_then(int seed)
    {
        var events = RandomHistory.Of(seed, 160);
        var account = await engine.NewAccountAsync();
        var recordings = new List<Recording>();
        for (var seen = 0; seen < events.Count; seen += 32)
        {
            await engine.ProjectPageAsync([.. events.Skip(seen).Take(32).Select(e => e.In(account.Name))]);
            recordings.Add(await Recording.OfAsync(account, Oracle.Fold(events.Take(seen + 32))));
        }

        foreach (var recording in recordings) await recording.ShouldBeAnsweredAgainAsync(account);
    }
}
