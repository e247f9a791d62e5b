using System.Net;
using ProcessDeployment.ChannelTests;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Homes;

public sealed class Moving_while_others_ask(EngineFixture engine) : IAsyncLifetime
{
    private NeighbouringHomes _homes = null!;

    public async ValueTask InitializeAsync() => _homes = await NeighbouringHomes.StartAsync(engine);

    public ValueTask DisposeAsync() => _homes.DisposeAsync();

    [Fact]
    public async Task lets_them_come_again_in_a_moment_and_stores_nothing()
    {
        var key = await _homes.IssueAsync("main", "other");
        using var http = _homes.Come("main", $"Bearer {key.Text}");
        await _homes.CloseAsync("main", "other", "leaving", "eu");

        (await http.TellAsync(NeighbouringHomes.Registers("Berlin", out _))).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "account-moving");
        (await http.AskAsync("/api/v1/processes")).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "account-moving");
        await Should.ThrowAsync<Engine.Homes.AccountAwayException>(_homes.SendAsync("main", "other", new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "Berlin" }));
    }

    [Fact]
    public async Task by_SQL_waits_until_it_is_there_and_is_told_then_where_that_is()
    {
        await using var sql = new PlainSql(_homes.DatabaseOf("main"));
        await _homes.CloseAsync("main", "other", "leaving", "eu");
        var id = Guid.CreateVersion7();

        await sql.SendAsync(PlainSql.Text("other", new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "Berlin" }, id));
        await Eventually.BecomesAsync(() => sql.OneAsync<long>("select count(*) from process_deployment.command_intake where set_aside_at is not null"), waiting => waiting == 1);
        await _homes.CloseAsync("main", "other", "left", "eu");

        await Eventually.BecomesAsync(() => sql.OneAsync<long>("select count(*) from process_deployment.dead_letter where status = 'account-elsewhere' and reason like '%eu%' and command_id = $1", id), buried => buried == 1);
    }

    [Fact]
    public async Task and_a_home_that_does_not_answer_is_no_mystery()
    {
        var key = await _homes.IssueAsync("eu", "acme");
        await _homes.StopAsync("eu");
        using var http = _homes.Come("main", $"Bearer {key.Text}");

        (await http.AskAsync("/api/v1/processes")).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "home-unavailable");
    }
}
