using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Secrets;

namespace ProcessDeployment.Engine.Tests.Homes.Moving;

public sealed class Moving_an_account(EngineFixture engine)
{
    [Theory]
    [InlineData(1201)]
    [InlineData(1204)]
    public async Task changes_no_answer_and_no_leaf(int seed)
    {
        await using var homes = await MovingHomes.StartAsync(engine);
        await homes.Main.LiveAsync(MovingHomes.Acme, seed, 150);
        var (id, berlin) = (Guid.CreateVersion7(), new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "Berlin" });
        var last = (await MovingHomes.SendAsync(homes.Main, berlin, id)).Position;
        await MovingHomes.ReadAsync(homes.Main, last);
        await MovingHomes.SealedAsync(homes.Main, last);
        long[] moments = [last, last / 2, 5];
        var before = await Task.WhenAll(moments.Select(moment => MovingHomes.AnswersAsync(homes.Main, moment)));
        var dump = await homes.Main.DumpAsync(MovingHomes.Acme);
        MovingHomes.CopyKeys(homes.Main, homes.Eu);

        var (code, said) = await homes.MoveAsync(homes.Main, "eu", "acme.zip");

        code.ShouldBe(0, said);
        (await MovingHomes.PositionAsync(homes.Eu)).ShouldBe(last + 1);
        await MovingHomes.ReadAsync(homes.Eu, last + 1);
        await MovingHomes.SealedAsync(homes.Eu, last);
        (await homes.Eu.DumpAsync(MovingHomes.Acme)).ShouldBe(dump);
        for (var i = 0; i < moments.Length; i++) (await MovingHomes.AnswersAsync(homes.Eu, moments[i])).ShouldBe(before[i]);
        (await MovingHomes.SendAsync(homes.Eu, berlin, id)).ShouldSatisfyAllConditions(again => again.Replayed.ShouldBeTrue(), again => again.Position.ShouldBe(last));
        (await MovingHomes.SendAsync(homes.Eu, berlin with { Name = "Paris" }, id)).Refusal!.Code.ShouldBe(RefusalCodes.CommandIdReused);
        (await MovingHomes.DifferencesAsync(homes.Eu)).ShouldBe(0);
        (await MovingHomes.SendAsync(homes.Eu, new RenameAtom { AtomId = berlin.AtomId, Name = "Hamburg" })).Position.ShouldBe(last + 2);
        await Should.ThrowAsync<AccountAwayException>(() => MovingHomes.SendAsync(homes.Main, new RenameAtom { AtomId = berlin.AtomId, Name = "Bremen" }));
    }

    [Fact]
    public async Task notes_the_move_with_the_root_that_both_ledgers_have()
    {
        await using var homes = await MovingHomes.StartAsync(engine);
        await homes.Main.LiveAsync(MovingHomes.Acme, 1202, 60);
        var last = await MovingHomes.PositionAsync(homes.Main);
        MovingHomes.CopyKeys(homes.Main, homes.Eu);

        var (code, said) = await homes.MoveAsync(homes.Main, "eu", "acme.zip");

        code.ShouldBe(0, said);
        var moved = await homes.Eu.TextsAsync($"select concat_ws(' ', stream_id, data ->> 'fromHome', data ->> 'toHome', data ->> 'size', data ->> 'epoch', data ->> 'root') from events.mt_events where type = 'processdeployment.account-moved.v1'");
        var root = (await MovingHomes.SealedAsync(homes.Main, last)).Head.Root;
        moved.ShouldBe([$"operations main eu {last} 1 {root}"]);
        (await MovingHomes.SealedAsync(homes.Eu, last)).Head.Size.ShouldBeGreaterThanOrEqualTo(last);
        (await homes.Eu.TextsAsync($"select encode(root, 'hex') from ledger.head where account_id = 'acme' and size = {last}")).ShouldBe([root]);
        (await MovingHomes.VerifyExportAsync(homes.Eu)).ShouldBeProven();
        (await homes.Main.TextsAsync("select e.type from events.mt_events e where e.type = 'processdeployment.account-moved.v1'")).ShouldBeEmpty("what stays behind is closed");
    }

    [Fact]
    public async Task there_and_back_again_adds_only_what_is_new()
    {
        await using var homes = await MovingHomes.StartAsync(engine);
        await homes.Main.LiveAsync(MovingHomes.Acme, 1203, 80);
        MovingHomes.CopyKeys(homes.Main, homes.Eu);
        var (there, saidThere) = await homes.MoveAsync(homes.Main, "eu", "there.zip");
        there.ShouldBe(0, saidThere);
        var last = (await MovingHomes.SendAsync(homes.Eu, new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "Roma" })).Position;
        MovingHomes.CopyKeys(homes.Eu, homes.Main);

        var (back, saidBack) = await homes.MoveAsync(homes.Eu, "main", "back.zip");

        back.ShouldBe(0, saidBack);
        (await MovingHomes.PositionAsync(homes.Main)).ShouldBe(last + 1);
        await MovingHomes.ReadAsync(homes.Main, last + 1);
        (await homes.Main.TextsAsync("select data ->> 'epoch' from events.mt_events where type = 'processdeployment.account-moved.v1' order by seq_id")).ShouldBe(["1", "2"]);
        (await MovingHomes.DifferencesAsync(homes.Main)).ShouldBe(0);
        await MovingHomes.SealedAsync(homes.Main, last + 1);
        await MovingHomes.SealedAsync(homes.Eu, last);
        var roots = $"select encode(root, 'hex') from ledger.head where account_id = 'acme' and size = {last}";
        (await homes.Main.TextsAsync(roots)).ShouldBe(await homes.Eu.TextsAsync(roots));
    }

    /// <summary>A repeat with the same secret is the same command, though another key marks it here.</summary>
    [Fact]
    public async Task brings_secrets_under_the_key_of_the_other_home()
    {
        await using var homes = await MovingHomes.StartAsync(engine);
        var (id, hook) = (Guid.CreateVersion7(), new SetWebhook { WebhookId = Guid.CreateVersion7(), Url = "https://one.example/", Secret = "0123456789abcdef", Enabled = false });
        await MovingHomes.SendAsync(homes.Main, hook, id);

        var (refused, why) = await homes.MoveAsync(homes.Main, "eu", "refused.zip");

        refused.ShouldNotBe(0);
        why.ShouldContain($"secret-key-{homes.Main.Services.GetRequiredService<SecretKeys>().Newest.Id}.txt");
        (await homes.Eu.ScalarAsync<long>("select count(*) from events.mt_events where tenant_id = 'acme'")).ShouldBe(0);
        MovingHomes.CopyKeys(homes.Main, homes.Eu);
        await homes.Eu.Services.GetRequiredService<SecretKeys>().RefreshAsync(TestContext.Current.CancellationToken);
        var (code, said) = await homes.MoveAsync(homes.Main, "eu", "acme.zip");
        code.ShouldBe(0, said);
        var newest = homes.Eu.Services.GetRequiredService<SecretKeys>().Newest;
        (await homes.Eu.TextsAsync("select key_id from process_deployment.webhook_secret")).ShouldBe([newest.Id]);
        newest.Open(await homes.Eu.ScalarAsync<byte[]>("select sealed from process_deployment.webhook_secret"), SecretOwner.Webhook(MovingHomes.Acme, hook.WebhookId)).ShouldBe("0123456789abcdef");
        (await MovingHomes.SendAsync(homes.Eu, hook, id)).Replayed.ShouldBeTrue();
        (await MovingHomes.SendAsync(homes.Eu, hook with { Secret = "fedcba9876543210" }, id)).Refusal!.Code.ShouldBe(RefusalCodes.CommandIdReused);
        (await homes.Main.ScalarAsync<long>("select count(*) from process_deployment.webhook_secret")).ShouldBe(0, "what is secret is not kept where it is not needed");
    }
}
