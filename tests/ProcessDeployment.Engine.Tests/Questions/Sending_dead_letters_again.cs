using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.DeadLetters;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Sending_dead_letters_again(EngineFixture engine) : IDisposable
{
    private readonly HttpClient _operator = new() { BaseAddress = engine.Url };

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task lets_it_take_effect_once_its_account_is_there_and_never_twice()
    {
        var (late, commandId) = (new TestAccount(engine, $"late-{Guid.NewGuid():n}"), Guid.CreateVersion7());
        await BuryAsync(Command(late, commandId), BurialReason.UnknownAccount(new() { CommandId = commandId, Status = OutcomeStatus.Refused, Position = 0, Refusal = new(RefusalCodes.UnknownAccount, "There is no such account.", null) }));
        await engine.Services.GetRequiredService<AccountList>().AddAsync(late.Name, TestContext.Current.CancellationToken);

        var (status, answer) = await ReplayAsync(await IdAsync(commandId));
        (status, answer.Id("commandId")).ShouldBe((HttpStatusCode.Accepted, commandId));
        await Eventually.BecomesAsync(() => late.TryAskAsync($"/commands/{commandId}"), found => found.Status == HttpStatusCode.OK);

        await BuryAsync(Command(late, commandId), BurialReason.Failed(new TimeoutException("once more")));
        await late.AskAsync("/dead-letters");
        (await ReplayAsync((await late.AskAsync("/dead-letters")).Items().Single().Text("id")!)).Status.ShouldBe(HttpStatusCode.NotFound, "it is that of an account that there was when it came");
        (await late.ScalarAsync<long>("select count(*) from events.mt_events where tenant_id = $1")).ShouldBe(1);
    }

    [Fact]
    public async Task that_were_not_kept_whole_is_refused_and_leaves_them_there()
    {
        var commandId = Guid.CreateVersion7();
        await BuryAsync($"{{\"id\":\"{commandId}\",\"data\":{{\"value\":\"secret\"}}}}", BurialReason.Malformed([new("type", "is required")]), commandId);
        var id = await IdAsync(commandId);

        var (status, answer) = await ReplayAsync(id);

        (status, answer.Text("code")).ShouldBe((HttpStatusCode.Conflict, "not-whole"));
        (await IdAsync(commandId)).ShouldBe(id);
    }

    [Fact]
    public async Task that_there_are_not_says_so() => (await ReplayAsync("no-number")).Status.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task is_for_the_operator_only()
    {
        var account = await engine.NewAccountAsync();
        using var response = await account.Http.PostAsync(new Uri("/api/v1/dead-letters/1/replay", UriKind.Relative), content: null, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static string Command(TestAccount account, Guid commandId) => Encoding.UTF8.GetString(CommandWriter.ToCloudEvent(
        commandId, "//tests", new RegisterAtom { AccountId = account.Name, Actor = "kim@example.com", AtomId = commandId, Name = "Main" }, time: null));

    private async Task<(HttpStatusCode Status, JsonElement Body)> ReplayAsync(string id)
    {
        using var response = await _operator.PostAsync(new Uri($"/api/v1/dead-letters/{id}/replay", UriKind.Relative), content: null, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
    }

    private async Task<string> IdAsync(Guid commandId) =>
        JsonElement.Parse(await _operator.GetStringAsync(new Uri("/api/v1/dead-letters?take=500", UriKind.Relative), TestContext.Current.CancellationToken)).Items().Single(letter => letter.Text("commandId") == $"{commandId}").Text("id")!;

    private Task BuryAsync(string body, BurialReason why, Guid? commandId = null) => engine.Services.GetRequiredService<DeadLetterStore>().BuryAsync(
        [new("rabbitmq", commandId ?? JsonElement.Parse(body).Id("id"), why, Body: MessageText.Of(Encoding.UTF8.GetBytes(body)))], TestContext.Current.CancellationToken);
}
