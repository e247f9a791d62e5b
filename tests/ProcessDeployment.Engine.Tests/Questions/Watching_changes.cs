using System.Globalization;
using System.Text.Json;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Watching_changes(EngineFixture engine)
{
    [Fact]
    public async Task hears_each_as_it_happens_once_and_in_order()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.AskAsync("/processes");
        await using var stream = await ChangeStream.OpenAsync(shop.Account);
        await shop.DoAsync(shop.SaveMap("1"), shop.SaveMap("2"));
        var first = await stream.TakeAsync(2);
        await shop.DoAsync(Shop.Deploy(shop.Orders));

        var all = first.Concat(await stream.TakeAsync(1)).ToList();

        all.Select(change => change.Id).ShouldBe([8, 9, 10]);
        all.Select(change => change.Data.Text("type")!.Split('.')[1]).ShouldBe(["revision-made", "revision-made", "version-deployed"]);
        all[0].Data.GetProperty("position").GetInt64().ShouldBe(8);
        all[0].Data.Text("name").ShouldBe("Invoice map");
    }

    [Theory]
    [InlineData("?after=5", null)]
    [InlineData("", "5")]
    [InlineData("?after=1", "5")]
    public async Task goes_on_where_it_was_left(string query, string? lastEventId)
    {
        var shop = await Shop.OpenAsync(engine);
        await using var stream = await ChangeStream.OpenAsync(shop.Account, query, lastEventId);

        (await stream.TakeAsync(2)).Select(change => change.Id).ShouldBe([6, 7]);
    }

    [Fact]
    public async Task of_many_that_were_missed_skips_none()
    {
        var shop = await Shop.OpenAsync(engine);
        await Task.WhenAll(Enumerable.Range(0, 450).Select(i => shop.Account.SendAsync(shop.SaveMap(string.Create(CultureInfo.InvariantCulture, $"{i}")))));
        await using var stream = await ChangeStream.OpenAsync(shop.Account, "?after=0");

        (await stream.TakeAsync(457)).Select(change => change.Id).ShouldBe(Enumerable.Range(1, 457).Select(i => (long)i));
    }

    [Fact]
    public async Task never_hears_another_account()
    {
        var (one, other) = (await Shop.OpenAsync(engine), await Shop.OpenAsync(engine));
        await using var stream = await ChangeStream.OpenAsync(one.Account, "?after=7");
        await other.DoAsync(other.SaveMap("other"));
        await other.AskAsync("/processes");
        await one.DoAsync(one.SaveDatabase("mine"));

        (await stream.TakeAsync(1)).ShouldHaveSingleItem().Data.Text("name").ShouldBe("mine");
    }

    [Fact]
    public async Task from_a_position_that_is_not_reached_in_two_seconds_is_answered_503()
    {
        var shop = await Shop.OpenAsync(engine);

        var (status, body) = await shop.Account.TryAskAsync($"/changes?atLeast={shop.Position + 1}");

        (status, body.Text("code")).ShouldBe((System.Net.HttpStatusCode.ServiceUnavailable, "read-model-behind"));
    }

    [Fact]
    public async Task with_something_else_than_a_position_is_malformed()
    {
        var account = await engine.NewAccountAsync();

        (await account.ProblemOfAsync("/changes?after=x")).Member.ShouldBe("after");
        (await account.ProblemOfAsync("/changes?from=1")).Member.ShouldBe("from");
    }
}

/// <summary>Reads server-sent events as a browser does.</summary>
internal sealed class ChangeStream(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
{
    public static async Task<ChangeStream> OpenAsync(TestAccount account, string query = "", string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1/changes{query}", UriKind.Relative));
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await account.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        return new(response, new(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    public async Task<IReadOnlyList<(long Id, JsonElement Data)>> TakeAsync(int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var (changes, id) = (new List<(long, JsonElement)>(), 0L);
        while (changes.Count < count && await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) changes.Add((id, JsonElement.Parse(line[6..])));
        }

        return changes;
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
