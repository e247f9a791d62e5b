using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Tests.ReadModels;

public sealed class Waiting_for_a_position(EngineFixture engine)
{
    private ReadPosition Position => engine.Services.GetRequiredService<ReadPosition>();

    [Fact]
    public async Task ends_with_the_page_that_contains_it()
    {
        var account = (await engine.NewAccountAsync()).Name;
        var events = RandomHistory.Of(5, 20).Select(e => e.In(account)).ToList();
        await engine.ProjectPageAsync([.. events.Take(10)]);

        var waiting = Position.WaitAsync(account, 15, TestContext.Current.CancellationToken);
        waiting.IsCompleted.ShouldBeFalse();
        await engine.ProjectPageAsync([.. events.Skip(10)]);

        (await waiting).ShouldBeTrue();
        (await Position.CurrentAsync(account, TestContext.Current.CancellationToken)).ShouldBe(events.Count);
    }

    [Fact]
    public async Task needs_no_wait_for_what_is_there()
    {
        var account = (await engine.NewAccountAsync()).Name;
        await engine.ProjectPageAsync([.. RandomHistory.Of(5, 20).Select(e => e.In(account))]);

        (await Position.WaitAsync(account, 20, TestContext.Current.CancellationToken)).ShouldBeTrue();
    }

    [Fact]
    public async Task gives_up_after_two_seconds()
    {
        var account = (await engine.NewAccountAsync()).Name;

        (await Position.WaitAsync(account, 1, TestContext.Current.CancellationToken)).ShouldBeFalse();
        (await Position.CurrentAsync(account, TestContext.Current.CancellationToken)).ShouldBe(0);
    }
}
