using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.DeadLetters;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Listing_dead_letters(EngineFixture engine)
{
    [Fact]
    public async Task shows_those_of_the_account_newest_first()
    {
        var (account, other) = (await engine.NewAccountAsync(), await engine.NewAccountAsync());
        for (var i = 1; i <= 3; i++) await BuryAsync(account, string.Create(CultureInfo.InvariantCulture, $"data.member{i}"));
        await BuryAsync(other, "data.other");
        await BuryAsync("{", "body");

        var first = await account.AskAsync("/dead-letters?take=2");
        var rest = (await account.AskAsync($"/dead-letters?take=500&cursor={first.Text("next")}")).Items();

        var mine = first.Items().Concat(rest).ToList();
        mine.ShouldAllBe(letter => letter.Text("accountId") == account.Name);
        mine.Select(letter => letter.Items("errors")[0].Text("member")).ShouldBe(["data.member3", "data.member2", "data.member1"]);
        (mine[0].Text("channel"), mine[0].Text("status"), mine[0].Text("reason")).ShouldBe(("postgresql", "malformed", "data.member3 is required"));
        mine[0].Text("body")!.ShouldContain(account.Name);
    }

    [Fact]
    public async Task that_name_no_account_shows_them_to_the_operator_of_the_engine_only()
    {
        var mark = $"no JSON {Guid.NewGuid()}";
        var account = await engine.NewAccountAsync();
        await BuryAsync(account, "data.member");
        await BuryAsync(mark, "body");
        // A slip of the pen: an account that nobody has.
        var nobody = new TestAccount(engine, $"nobody-{Guid.NewGuid():n}");
        await BuryAsync(nobody, "data.member");

        using var local = new HttpClient { BaseAddress = engine.Url };
        var theirs = JsonElement.Parse(await local.GetStringAsync(new Uri("/api/v1/dead-letters?take=500", UriKind.Relative), TestContext.Current.CancellationToken)).Items();
        var own = (await account.AskAsync("/dead-letters?take=500")).Items();

        theirs.ShouldContain(letter => letter.Text("body") == mark);
        theirs.ShouldContain(letter => letter.Text("accountId") == nobody.Name);
        theirs.ShouldNotContain(letter => letter.Text("accountId") == account.Name);
        own.ShouldHaveSingleItem().Text("accountId").ShouldBe(account.Name);
    }

    [Theory]
    [InlineData("local", "127.0.0.1", true)]
    [InlineData("local", "::1", true)]
    [InlineData("local", "192.0.2.7", false)]
    [InlineData("acme", "127.0.0.1", false)]
    public void has_the_configured_account_on_this_machine_as_operator(string account, string from, bool expected) =>
        new EngineOperator(new()).Is(account, new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(from) } }).ShouldBe(expected);

    [Fact]
    public async Task with_a_cursor_of_nobody_is_malformed()
    {
        var account = await engine.NewAccountAsync();

        (await account.ProblemOfAsync("/dead-letters?cursor=zzz")).Member.ShouldBe("cursor");
        (await account.ProblemOfAsync("/dead-letters?skip=1")).Member.ShouldBe("skip");
    }

    private Task BuryAsync(TestAccount account, string member) => BuryAsync($"{{\"data\":{{\"accountId\":\"{account.Name}\"}}}}", member);

    private Task BuryAsync(string body, string member) => engine.Services.GetRequiredService<DeadLetterStore>().BuryAsync(
        [
            new(
                "postgresql",
                null,
                BurialReason.Malformed([new MemberError(member, "is required")]),
                Body: MessageText.Of(System.Text.Encoding.UTF8.GetBytes(body))),
        ],
        TestContext.Current.CancellationToken);
}
