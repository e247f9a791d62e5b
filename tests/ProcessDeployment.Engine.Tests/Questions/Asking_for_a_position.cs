using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Questions;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Asking_for_a_position(EngineFixture engine)
{
    [Fact]
    public async Task shows_what_was_done_at_once()
    {
        var shop = await Shop.OpenAsync(engine);
        for (var revision = 2; revision < 12; revision++)
        {
            await shop.DoAsync(shop.SaveOrders($"Orders {revision}"));
            var answer = await shop.AskAsync($"/processes/{shop.Orders}");
            answer.Number("latestRevision").ShouldBe(revision);
            answer.GetProperty("position").GetInt64().ShouldBeGreaterThanOrEqualTo(shop.Position);
        }
    }

    [Fact]
    public async Task that_is_not_reached_in_two_seconds_is_answered_503()
    {
        var shop = await Shop.OpenAsync(engine);
        var since = Stopwatch.GetTimestamp();

        using var response = await shop.Account.Http.GetAsync(
            new Uri($"/api/v1/processes?atLeast={shop.Position + 1}", UriKind.Relative), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"read-model-behind\"");
        Stopwatch.GetElapsedTime(since).ShouldBeGreaterThan(TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public async Task holds_no_connection_while_it_waits()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.AskAsync("/processes");
        // One connection for everything: held while waiting, nobody could look whether the position is there.
        await using var databases = new Databases(new NpgsqlConnectionStringBuilder(engine.Databases.Logins.Owner) { MaxPoolSize = 1 }.ConnectionString);
        using var feed = new ReadPositionFeed(databases, NullLogger<ReadPositionFeed>.Instance);
        using var first = new QuestionsFirst();
        var asking = new AccountQuestion(databases, new(databases, feed), new(databases, new(databases, feed)), new CallerOf(shop.Account.Name), WireNames.OfTheDomain, first);
        var context = new DefaultHttpContext { Request = { QueryString = new($"?atLeast={shop.Position}") } };
        var shown = 0L;

        await asking.AnswerAsync(context, [ParameterNames.AtLeast], (_, _) => position =>
        {
            shown = position;
            return Results.Ok();
        });

        shown.ShouldBe(shop.Position);
    }

    [Fact]
    public async Task of_an_account_with_nothing_in_it_is_zero()
    {
        var account = await engine.NewAccountAsync();

        (await account.AskAsync("/processes")).GetProperty("position").GetInt64().ShouldBe(0);
    }

    private sealed class CallerOf(string account) : ICallers
    {
        public Caller Of(HttpContext context) => new(account, TestCallers.Actor, Authority.Operator);
    }
}
