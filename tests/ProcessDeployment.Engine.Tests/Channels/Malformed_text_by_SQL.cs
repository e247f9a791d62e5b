using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.DeadLetters;
using ProcessDeployment.Engine.Tests;

namespace ProcessDeployment.ChannelTests;

public sealed class Malformed_text_by_SQL(EngineFixture engine) : IAsyncLifetime
{
    private readonly PlainSql _sql = PlainSql.To(engine);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _sql.DisposeAsync();

    [Theory]
    [InlineData("not json #")]
    [InlineData("{\"id\": \"0193")]
    [InlineData("{\"specversion\":\"1.0\",\"id\":\"x'; drop table process_deployment.account; --\"}")]
    [InlineData("{\"specversion\":\"1.0\",\"id\":\"\\u0000\",\"data\":{\"accountId\":\"\\u0000\\ud800\"}}")]
    [InlineData("[1,2]")]
    public async Task ends_in_the_dead_letters_with_the_words_of_the_parser(string text)
    {
        text = $"{text} {Guid.NewGuid()}";
        var expected = CommandParser.Parse(System.Text.Encoding.UTF8.GetBytes(text), CommandDefaults.None).Errors;

        (await _sql.SendAsync(text)).ShouldBeNull();

        (await LetterAsync(text)).ShouldBe(string.Join("; ", expected));
    }

    [Fact]
    public async Task tells_its_sender_when_it_has_an_id_and_leaves_that_id_free()
    {
        var account = await engine.NewAccountAsync();
        var id = Guid.CreateVersion7();
        var text = $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"//t","type":"processdeployment.deploy-process.v1","data":{"accountId":"{{{account.Name}}}","actor":"kim","processId":7}}""";

        (await _sql.SendAsync(text)).ShouldBe(id);

        var outcome = await _sql.OutcomeAsync(account.Name, id);
        outcome!.Value.GetProperty("status").GetString().ShouldBe("malformed");
        outcome.Value.GetProperty("errors")[0].GetProperty("member").GetString().ShouldBe("data.processId");
        (await account.SendAsync(new DeployProcess { ProcessId = Guid.CreateVersion7() }, id)).Refusal!.Code.ShouldBe(RefusalCodes.UnknownProcess);
    }

    [Fact]
    public async Task nested_without_end_or_beyond_the_limit_does_not_stop_the_others()
    {
        var (account, id) = (await engine.NewAccountAsync(), Guid.CreateVersion7());
        var mark = Guid.NewGuid().ToString();
        await _sql.SendAsync(mark + new string('[', 1_000_000));
        await _sql.ScalarAsync("select process_deployment.send_command($1 || repeat('x', 100000000))", mark);

        await _sql.SendAsync(PlainSql.Text(account.Name, new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "A" }, id));

        (await _sql.OutcomeAsync(account.Name, id))!.Value.GetProperty("status").GetString().ShouldBe("accepted");
        await Eventually.TrueAsync(async () => await _sql.OneAsync<long>("select count(*) from process_deployment.dead_letter where body like $1", mark + "%") == 2, "both dead letters");
        (await _sql.OneAsync<int>("select max(length(body)) from process_deployment.dead_letter where truncated and body like $1", mark + "%")).ShouldBe(MessageText.Kept);
    }

    [Fact]
    public async Task can_be_listed_and_put_back()
    {
        var store = engine.Services.GetRequiredService<DeadLetterStore>();
        var text = $"mended later {Guid.NewGuid()}";
        await _sql.SendAsync(text);
        await LetterAsync(text);

        var operators = new LettersOf("local", Nobodys: true);
        var first = await store.ListAsync(operators, null, 1, CancellationToken.None);
        var second = await store.ListAsync(operators, first.Next, 1, CancellationToken.None);
        var letters = (await store.ListAsync(operators, null, 1_000, CancellationToken.None)).Items;
        var letter = letters.Single(letter => letter.Body == text);
        letter.Channel.ShouldBe("postgresql");
        letter.Errors.ShouldNotBeEmpty();
        // Other tests may bury meanwhile, which puts theirs before these.
        var ids = letters.Select(each => each.Id).ToList();
        if (second.Items is [var next]) ids.IndexOf(next.Id).ShouldBe(ids.IndexOf(first.Items.ShouldHaveSingleItem().Id) + 1);

        (await store.ReplayAsync(operators, long.Parse(letter.Id, System.Globalization.CultureInfo.InvariantCulture), CancellationToken.None)).End.ShouldBe(ReplayEnd.Sent);

        await Eventually.TrueAsync(async () => await _sql.ScalarAsync("select id::text from process_deployment.dead_letter where body = $1", text) is string id && id != letter.Id, "it to be judged again");
    }

    private async Task<string> LetterAsync(string text)
    {
        await Eventually.TrueAsync(async () => await _sql.ScalarAsync("select 1 from process_deployment.dead_letter where body = $1", text) is not null, "the dead letter");
        return await _sql.OneAsync<string>("select reason from process_deployment.dead_letter where body = $1", text);
    }
}
