using System.Net;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Asking_badly(EngineFixture engine)
{
    internal const string NoMoment =
        "must be a position, or a date or a time with its offset, for example 117, 2026-11-23 or 2026-11-23T06:00:00Z (in an address a + is written %2B)";

    private const string AnId = "0193a3b4-0000-7000-8000-000000000000";

    [Theory]
    [InlineData("/processes?colour=red", "colour", "is not a parameter of this question; it takes revised, folder, below, text, environment, cursor, skip, take, atLeast, asOf")]
    [InlineData("/processes?Revised=true", "Revised", "is not a parameter of this question; it takes revised, folder, below, text, environment, cursor, skip, take, atLeast, asOf")]
    [InlineData("/processes?revised=yes", "revised", "must be true or false")]
    [InlineData("/processes?revised=", "revised", "must be true or false")]
    [InlineData("/processes?take=0", "take", "must be a whole number from 1 to 500")]
    [InlineData("/processes?take=501", "take", "must be a whole number from 1 to 500")]
    [InlineData("/processes?take=1.5", "take", "must be a whole number from 1 to 500")]
    [InlineData("/processes?take=%2B5", "take", "must be a whole number from 1 to 500")]
    [InlineData("/processes?take=5&take=6", "take", "must be given once")]
    [InlineData("/processes?skip=-1", "skip", "must be a whole number from 0 to 2147483647")]
    [InlineData("/processes?text=a%00b", "text", "must not contain U+0000")]
    [InlineData("/processes?atLeast=x", "atLeast", "must be a whole number from 0")]
    [InlineData("/processes?atLeast=99999999999999999999", "atLeast", "must be a whole number from 0")]
    [InlineData("/processes?asOf=soon", "asOf", NoMoment)]
    [InlineData("/processes?asOf=-1", "asOf", NoMoment)]
    [InlineData("/processes?asOf=", "asOf", NoMoment)]
    [InlineData("/processes?asOf=2026-11-23T06:00:00", "asOf", NoMoment)]
    [InlineData("/processes?asOf=1", "asOf", "must be at most 0, the position of the account")]
    [InlineData("/processes?asOf=1&asOf=2", "asOf", "must be given once")]
    [InlineData("/changes?asOf=1", "asOf", "is not a parameter of this question; it takes after, atLeast")]
    [InlineData("/processes/17", "id", "must be a UUID")]
    [InlineData("/processes/0193a3b4000070008000000000000000/versions", "id", "must be a UUID")]
    [InlineData($"/processes/{AnId}/versions/0", "number", "must be a whole number from 1")]
    [InlineData($"/processes/{AnId}/versions/latest", "number", "must be a whole number from 1")]
    [InlineData($"/processes/{AnId}?take=1", "take", "is not a parameter of this question; it takes atLeast, asOf")]
    [InlineData($"/commands/{AnId}?atLeast=1", "atLeast", "is not a parameter of this question; it takes none")]
    [InlineData("/dead-letters?atLeast=x", "atLeast", "is not a parameter of this question; it takes cursor, take")]
    [InlineData("/dead-letters?cursor=%00", "cursor", "must not contain U+0000")]
    [InlineData("/changes?atLeast=x", "atLeast", "must be a whole number from 0")]
    public async Task is_answered_with_the_parameter_and_its_rule(string path, string member, string rule)
    {
        var account = await engine.NewAccountAsync();

        (await account.ProblemOfAsync(path)).ShouldBe((member, rule));
    }

    [Fact]
    public async Task names_every_mistake_at_once()
    {
        var account = await engine.NewAccountAsync();

        var (_, body) = await account.TryAskAsync("/processes?take=x&revised=1&skip=2&cursor=z");

        body.Items("errors").Select(error => error.Text("member")).ShouldBe(["take", "skip", "cursor", "revised"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/attachments")]
    [InlineData("/versions")]
    [InlineData("/versions/1")]
    public async Task about_a_process_that_is_not_there_is_answered_404(string path)
    {
        var shop = await Shop.OpenAsync(engine);

        var (unknown, body) = await shop.Account.TryAskAsync($"/processes/{AnId}{path}?atLeast={shop.Position}");
        var (notAProcess, _) = await shop.Account.TryAskAsync($"/processes/{shop.Database}{path}?atLeast={shop.Position}");

        (unknown, notAProcess).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        body.Text("detail").ShouldBe($"There is no Process {AnId}.");
    }
}
