using System.Net.Http.Headers;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Tests.Questions;
using ProcessDeployment.Engine.Tests.Rebuild;

namespace ProcessDeployment.Engine.Tests.Agents;

/// <summary>All that carries its time: what it says when it sends, the ids it makes, and the header of its requests.</summary>
public sealed class An_atom_whose_clock_is_wrong(EngineFixture engine)
{
    [Theory, Covers("R38", "R39", "R41")]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task by_a_day_downloads_runs_and_is_cancelled_like_any_other(int days)
    {
        var before = await NowAsync();
        var shop = await Shop.OpenAsync(engine);
        var (atom, _, _) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Production);
        var wrong = new WrongClock(atom.Http, TimeSpan.FromDays(days));
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders));
        var digest = (await atom.AskAsync($"/atoms/{shop.Production}/desired?atLeast={shop.Position}")).Body.Items().ShouldHaveSingleItem().Text("digest")!;

        await wrong.SendAsync(new ReportAtomStatus { AtomId = shop.Production, Status = AtomStatus.Online });
        await wrong.SendAsync(new AcknowledgeVersion { AtomId = shop.Production, ProcessId = shop.Orders, VersionNumber = 1, Digest = digest, Status = DownloadStatus.Downloaded });
        var (run, cancelled) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var id in (Guid[])[run, cancelled]) (await shop.Account.SendAsync(new ExecuteProcess { ProcessId = shop.Orders, AtomId = shop.Production }, id)).Status.ShouldBe(OutcomeStatus.Accepted);
        foreach (var id in (Guid[])[run, cancelled]) await wrong.SendAsync(new ReportExecution { AtomId = shop.Production, ExecutionId = id, Status = ExecutionStatus.Started });
        (await shop.Account.SendAsync(new CancelExecution { ExecutionId = cancelled })).Status.ShouldBe(OutcomeStatus.Accepted);
        await wrong.SendAsync(new ReportExecution { AtomId = shop.Production, ExecutionId = run, Status = ExecutionStatus.Complete });
        shop.Position = await wrong.SendAsync(new ReportExecution { AtomId = shop.Production, ExecutionId = cancelled, Status = ExecutionStatus.Aborted });

        (await shop.AskAsync($"/atoms/{shop.Production}/deployments")).Items().ShouldHaveSingleItem().GetProperty("download").Text("status").ShouldBe("InSync");
        var ended = await shop.AskAsync($"/executions/{run}");
        (ended.Text("status"), (await shop.AskAsync($"/executions/{cancelled}")).Text("status")).ShouldBe(("COMPLETE", "ABORTED"));
        DateTimeOffset[] life = [before, Time(ended, "requestedAt"), Time(ended, "startedAt"), Time(ended, "endedAt"), await NowAsync()];
        life.ShouldBeInOrder();
        (await engine.ProveAsync(shop.Account)).Lines().ShouldBeEmpty();
    }

    /// <summary>Until when a token is good is judged by the engine, whatever the Atom thinks what day it is.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task by_a_day_comes_in_until_its_token_expires(int days)
    {
        var shop = await Shop.OpenAsync(engine);
        var (_, body) = await AtomOutside.IssueAsync(shop.Account, shop.Production, new { expiresAt = $"{DateTimeOffset.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}" });
        using var atom = new AtomOutside(engine, body.Text("token")!);

        await new WrongClock(atom.Http, TimeSpan.FromDays(days)).SendAsync(new ReportAtomStatus { AtomId = shop.Production, Status = AtomStatus.Online });
    }

    private static DateTimeOffset Time(JsonElement execution, string member) => execution.GetProperty(member).GetDateTimeOffset();

    /// <summary>As the database tells it, which gives events their time.</summary>
    private async Task<DateTimeOffset> NowAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        return new(await shop.Account.ScalarAsync<DateTime>("select clock_timestamp() where $1::text is not null"));
    }

    private sealed class WrongClock(HttpClient http, TimeSpan off)
    {
        private DateTimeOffset Now => DateTimeOffset.UtcNow + off;

        /// <summary>The position of what must be accepted.</summary>
        public async Task<long> SendAsync(Command command)
        {
            using var content = new ByteArrayContent(CommandWriter.ToCloudEvent(Guid.CreateVersion7(Now), "//atom", command, Now)) { Headers = { ContentType = new MediaTypeHeaderValue("application/cloudevents+json") } };
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/commands", UriKind.Relative)) { Content = content, Headers = { Date = Now } };
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            var answer = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            answer.Text("status").ShouldBe("accepted", answer.ToString());
            return answer.GetProperty("position").GetInt64();
        }
    }
}
