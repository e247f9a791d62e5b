using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Access;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Access;

public sealed class Remembering_who_may_do_what(EngineFixture engine)
{
    [Fact]
    public async Task ends_with_the_next_thing_that_is_said_about_it()
    {
        var (shop, known, key) = await WithAKeyAsync();

        await shop.DoAsync(new RevokeApiKey { KeyId = key });

        known.Remembered(shop.Account.Name)!.Keys.ShouldContainKey(key);
        (await OfAsync(known, shop)).Keys.ShouldNotContainKey(key);
        known.Remembered(shop.Account.Name)!.Keys.ShouldNotContainKey(key);
    }

    /// <summary>The history goes on otherwise from an older backup, and is as long as it was after as many events.</summary>
    [Fact]
    public async Task ends_with_a_restore_after_which_something_else_was_said()
    {
        var (shop, known, key) = await WithAKeyAsync();

        await shop.Account.ScalarAsync<string>("delete from process_deployment.access_state where account_id = $1 and kind = 'key' returning key");
        await shop.Account.ScalarAsync<long>("update process_deployment.access_use_state set stream_version = stream_version - 1, mark = gen_random_uuid() where account_id = $1 returning stream_version");
        await shop.Account.ScalarAsync<long>("update process_deployment.access_use_state set stream_version = stream_version + 1, mark = gen_random_uuid() where account_id = $1 returning stream_version");

        known.Remembered(shop.Account.Name)!.Keys.ShouldContainKey(key);
        (await OfAsync(known, shop)).Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task is_not_done_of_rows_that_bear_no_mark()
    {
        var (shop, _, _) = await WithAKeyAsync();
        await shop.Account.ScalarAsync<long>("update process_deployment.access_use_state set mark = null where account_id = $1 returning stream_version");
        var known = new KnownAccess(engine.Databases, new AccessPictures());

        (await OfAsync(known, shop)).Keys.ShouldHaveSingleItem();

        known.Remembered(shop.Account.Name).ShouldBeNull();
    }

    [Fact]
    public async Task is_not_done_of_accounts_that_there_are_not()
    {
        var known = new KnownAccess(engine.Databases, new AccessPictures());

        (await known.OfAsync("nobody-knows", TestContext.Current.CancellationToken)).ShouldBe(AccessState.None);

        known.Remembered("nobody-knows").ShouldBeNull();
    }

    private static async Task<AccessState> OfAsync(KnownAccess known, Shop shop) => await known.OfAsync(shop.Account.Name, TestContext.Current.CancellationToken);

    private async Task<(Shop Shop, KnownAccess Known, Guid Key)> WithAKeyAsync()
    {
        var (shop, key, known) = (await Shop.OpenAsync(engine), Guid.CreateVersion7(), new KnownAccess(engine.Databases, new AccessPictures()));
        await shop.DoAsync(new IssueApiKey { KeyId = key, Name = "ci", SecretHash = new('a', 64), Roles = [new("deployer")] });
        (await OfAsync(known, shop)).Keys.ShouldContainKey(key);
        return (shop, known, key);
    }
}
