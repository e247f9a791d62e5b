using System.Text.Json;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Homes;

namespace ProcessDeployment.Engine.Tests.Homes.Moving;

/// <summary>Between any two steps the machine may stop: what was done so far can be taken back or gone on with, and the account is open in one home at most.</summary>
public sealed class A_move_that_is_broken_off(EngineFixture engine)
{
    private static readonly RegisterAtom Berlin = new() { AtomId = Guid.CreateVersion7(), Name = "Berlin" };

    [Fact]
    public async Task before_it_has_left_is_given_up_and_begun_again()
    {
        await using var homes = await MovingHomes.StartAsync(engine);
        await MovingHomes.SendAsync(homes.Main, Berlin);
        (await MovingHomes.StepAsync(homes.Main, "leave", """{"to":"eu"}""")).Status.ShouldBe(200);
        (await MovingHomes.StepAsync(homes.Main, "leave", """{"to":"eu"}""")).Body.ShouldContain("\"position\":1", customMessage: "asked again it says the same again");
        await Should.ThrowAsync<AccountAwayException>(() => MovingHomes.SendAsync(homes.Main, new RenameAtom { AtomId = Berlin.AtomId, Name = "closed" }));
        (await MovingHomes.ArriveAsync(homes.Eu, await HistoryAsync(homes))).Status.ShouldBe(200);
        await Should.ThrowAsync<AccountAwayException>(() => MovingHomes.SendAsync(homes.Eu, new RenameAtom { AtomId = Berlin.AtomId, Name = "not open yet" }));

        (await MovingHomes.StepAsync(homes.Main, "stay", "")).Status.ShouldBe(204);
        (await MovingHomes.StepAsync(homes.Eu, "stay", "")).Status.ShouldBe(204);

        (await MovingHomes.SendAsync(homes.Main, new RenameAtom { AtomId = Berlin.AtomId, Name = "Hamburg" })).Position.ShouldBe(2);
        await Should.ThrowAsync<AccountAwayException>(() => MovingHomes.SendAsync(homes.Eu, new RenameAtom { AtomId = Berlin.AtomId, Name = "Paris" }));
        var (code, said) = await homes.MoveAsync(homes.Main, "eu", "again.zip");
        code.ShouldBe(0, said);
        (await MovingHomes.SendAsync(homes.Eu, new RenameAtom { AtomId = Berlin.AtomId, Name = "Paris" })).Position.ShouldBe(4);
    }

    [Fact]
    public async Task after_it_has_left_is_gone_on_with_and_cannot_be_given_up()
    {
        await using var homes = await MovingHomes.StartAsync(engine);
        await MovingHomes.SendAsync(homes.Main, Berlin);
        await MovingHomes.StepAsync(homes.Main, "leave", """{"to":"eu"}""");
        var file = await HistoryAsync(homes);
        (await MovingHomes.ArriveAsync(homes.Eu, file)).Status.ShouldBe(200);
        var (_, arrived) = await MovingHomes.ArriveAsync(homes.Eu, file);
        var (left, receipt) = await MovingHomes.StepAsync(homes.Main, "left", arrived);
        left.ShouldBe(200, receipt);

        (await MovingHomes.StepAsync(homes.Main, "stay", "")).Status.ShouldBe(409);

        (await MovingHomes.StepAsync(homes.Main, "left", arrived)).Body.ShouldBe(receipt, "asked again it says the same again");
        (await MovingHomes.StepAsync(homes.Eu, "open", receipt)).Status.ShouldBe(200);
        (await MovingHomes.StepAsync(homes.Eu, "open", receipt)).Body.ShouldContain("\"position\":2");
        (await MovingHomes.StepAsync(homes.Eu, "stay", "")).Status.ShouldBe(204, "there is no move to give up");
        (await MovingHomes.SendAsync(homes.Eu, new RenameAtom { AtomId = Berlin.AtomId, Name = "Paris" })).Position.ShouldBe(3);
    }

    [Fact]
    public async Task lets_go_of_nothing_that_has_not_arrived_and_opens_nothing_that_was_not_let_go()
    {
        await using var homes = await MovingHomes.StartAsync(engine);
        await MovingHomes.SendAsync(homes.Main, Berlin);
        (await MovingHomes.StepAsync(homes.Main, "left", Says("eu", 1))).Body.ShouldContain("not-leaving");
        await MovingHomes.StepAsync(homes.Main, "leave", """{"to":"eu"}""");

        (await MovingHomes.StepAsync(homes.Main, "left", Says("eu", 1))).Body.ShouldContain("other-history");
        (await MovingHomes.StepAsync(homes.Eu, "open", JsonSerializer.Serialize(new { accountId = MovingHomes.Acme, from = "main", to = "eu", position = 0, root = new string('0', 64) }))).Status.ShouldBe(409);

        (await MovingHomes.ArriveAsync(homes.Eu, await HistoryAsync(homes))).Status.ShouldBe(200);
        (await MovingHomes.StepAsync(homes.Eu, "open", JsonSerializer.Serialize(new { accountId = MovingHomes.Acme, from = "main", to = "eu", position = 1, root = new string('0', 64) }))).Body.ShouldContain("other-receipt");
    }

    [Fact]
    public async Task is_not_begun_for_what_cannot_move()
    {
        await using var homes = await MovingHomes.StartAsync(engine);

        (await MovingHomes.StepAsync(homes.Main, "leave", """{"to":"eu"}""")).Body.ShouldContain("nothing-to-move");
        (await MovingHomes.StepAsync(homes.Main, "leave", """{"to":"mars"}""")).Body.ShouldContain("unknown-home");
        (await MovingHomes.StepAsync(homes.Main, "leave", """{"to":"main"}""")).Body.ShouldContain("unknown-home");
        (await MovingHomes.StepAsync(homes.Main, "leave", "{}")).Status.ShouldBe(400);
        (await homes.Main.PostAsync("/api/v1/accounts/local/leave", """{"to":"eu"}""")).Body.ShouldContain("operators-account");
        (await homes.Main.PostAsync("/api/v1/accounts/nobody/leave", """{"to":"eu"}""")).Body.ShouldContain("not-found");
        await homes.Main.ExecuteAsync("insert into process_deployment.halted_account (account_id, position, problem) values ('acme', 1, 'cannot be read')");
        await MovingHomes.SendAsync(homes.Main, Berlin);
        (await MovingHomes.StepAsync(homes.Main, "leave", """{"to":"eu"}""")).Body.ShouldContain("account-halted");
    }

    private static async Task<byte[]> HistoryAsync(MovingHomes homes) => await homes.Main.Http.GetByteArrayAsync($"/api/v1/accounts/{MovingHomes.Acme}/history", TestContext.Current.CancellationToken);

    private static string Says(string home, long position) => JsonSerializer.Serialize(new { accountId = MovingHomes.Acme, home, position, root = new string('0', 64) });
}
