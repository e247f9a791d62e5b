using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.DeadLetters;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Listing_dead_letters(EngineFixture engine)
{
    [Fact]
    public async Task shows_those_of_the_account_newest_first()
    {
        var (account, other) = (await engine.NewAccountAsync(), await engine.NewAccountAsync());
        for (var i = 1; i <= 3; i++) await BuryAsync(account, string.Create(CultureInfo.InvariantCulture, $"data.member{i}"));
        await BuryAsync(other, "data.other");

        var first = await account.AskAsync("/dead-letters?take=2");
        var rest = (await account.AskAsync($"/dead-letters?take=500&cursor={first.Text("next")}")).Items();

        var mine = first.Items().Concat(rest).Where(letter => letter.Text("accountId") is not null).ToList();
        mine.ShouldAllBe(letter => letter.Text("accountId") == account.Name);
        mine.Select(letter => letter.Items("errors")[0].Text("member")).ShouldBe(["data.member3", "data.member2", "data.member1"]);
        (mine[0].Text("channel"), mine[0].Text("status"), mine[0].Text("reason")).ShouldBe(("postgresql", "malformed", "data.member3 is required"));
        mine[0].Text("body")!.ShouldContain(account.Name);
    }

    [Fact]
    public async Task with_a_cursor_of_nobody_is_malformed()
    {
        var account = await engine.NewAccountAsync();

        (await account.ProblemOfAsync("/dead-letters?cursor=zzz")).Member.ShouldBe("cursor");
        (await account.ProblemOfAsync("/dead-letters?skip=1")).Member.ShouldBe("skip");
    }

    private Task BuryAsync(TestAccount account, string member) => engine.Services.GetRequiredService<DeadLetterStore>().BuryAsync(
        [
            new(
                "postgresql",
                null,
                BurialReason.Malformed([new MemberError(member, "is required")]),
                Body: MessageText.Of(System.Text.Encoding.UTF8.GetBytes($"{{\"data\":{{\"accountId\":\"{account.Name}\"}}}}"))),
        ],
        TestContext.Current.CancellationToken);
}
