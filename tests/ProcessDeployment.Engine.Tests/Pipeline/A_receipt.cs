using System.Text.Json;
using ProcessDeployment.ChannelTests;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Tests.Questions;
using ProcessDeployment.Engine.Tests.Redaction;

namespace ProcessDeployment.Engine.Tests.Pipeline;

public sealed class A_receipt(EngineFixture engine)
{
    [Fact]
    public async Task of_an_attachment_names_the_version_that_became_effective_and_the_licences_it_took()
    {
        var shop = await DeployedAsync();

        var outcome = await shop.Account.SendAsync(Shop.Attach(shop.Orders, shop.Production));

        var item = outcome.Receipt.ShouldNotBeNull().ShouldHaveSingleItem();
        (item.Change, item.ProcessId, item.AtomId, item.VersionNumber).ShouldBe((AttachmentChange.Attached, shop.Orders, shop.Production, 1));
        item.LicencesTaken.ShouldBe([new(shop.Database, shop.Production)]);
    }

    [Fact]
    public async Task of_a_move_says_what_it_gave_back_and_what_it_took()
    {
        var shop = await DeployedAsync();
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production));

        var outcome = await shop.Account.SendAsync(new MoveProcess { ProcessId = shop.Orders, FromAtomIds = [shop.Production], ToAtomIds = [shop.Backup] });

        outcome.Receipt!.Select(item => (item.Change, item.AtomId)).ShouldBe([(AttachmentChange.Detached, shop.Production), (AttachmentChange.Attached, shop.Backup)]);
        outcome.Receipt![0].LicencesFreed.ShouldBe([new(ConnectorClass.Standard, Classification.Production, shop.Database, shop.Production)]);
        outcome.Receipt![1].LicencesTaken.ShouldBe([new(shop.Database, shop.Backup)]);
    }

    [Fact]
    public async Task of_an_Atom_deleted_by_force_lists_every_Process_that_stopped()
    {
        var shop = await DeployedAsync();
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Attach(shop.Invoice, shop.Production));

        var outcome = await shop.Account.SendAsync(new DeleteAtom { AtomId = shop.Production, Force = true });

        outcome.Receipt!.Select(item => item.ProcessId).ShouldBe([shop.Orders, shop.Invoice], ignoreOrder: true);
        // Both use the one connection: it is given back once.
        outcome.Receipt!.SelectMany(item => item.LicencesFreed).ShouldHaveSingleItem().ComponentId.ShouldBe(shop.Database);
    }

    [Fact, Covers("#9")]
    public async Task says_what_a_detach_put_to_rest_and_that_it_is_at_work_again()
    {
        var (shop, id) = (await DeployedAsync(), Guid.CreateVersion7());
        await shop.DoAsync(
            Shop.Attach(shop.Orders, shop.Production),
            new SetSchedules { ProcessId = shop.Orders, AtomId = shop.Production, Schedules = [new() { Minutes = "0", Hours = "*" }] });

        var detached = await shop.Account.SendAsync(new DetachAtoms { ProcessId = shop.Orders, AtomIds = [shop.Production] });
        var attached = await shop.Account.SendAsync(Shop.Attach(shop.Orders, shop.Production) with { ResumeSchedules = true }, id);

        detached.Receipt.ShouldHaveSingleItem().Suspended.ShouldHaveSingleItem().Kind.ShouldBe("schedule");
        attached.Receipt!.Select(item => item.Change).ShouldBe([AttachmentChange.Attached, AttachmentChange.SchedulesResumed]);
        await using var sql = PlainSql.To(engine);
        (await sql.OutcomeAsync(shop.Account.Name, id))!.Value.GetProperty("receipt").EnumerateArray().Select(item => item.GetProperty("change").GetString()).ShouldBe(["attached", "schedulesResumed"]);
    }

    [Fact]
    public async Task is_left_out_where_no_attachment_began_or_ended()
    {
        var shop = await DeployedAsync();

        (await shop.Account.SendAsync(Shop.Deploy(shop.Orders))).Receipt.ShouldBeNull();
    }

    [Fact]
    public async Task is_the_same_when_the_command_is_repeated_and_by_SQL()
    {
        var (shop, attach, id) = (await DeployedAsync(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await shop.Account.SendAsync(Shop.Attach(shop.Orders, shop.Production), attach);
        DetachAtoms command = new() { ProcessId = shop.Orders, AtomIds = [shop.Production] };
        var first = await shop.Account.SendAsync(command, id);

        Json(await shop.Account.SendAsync(command, id)).ShouldBe(Json(first with { Replayed = true }));

        await using var sql = PlainSql.To(engine);
        foreach (var (told, outcome) in new[] { (id, first), (attach, await shop.Account.SendAsync(Shop.Attach(shop.Orders, shop.Production), attach)) })
            JsonElement.DeepEquals(
                (await sql.OutcomeAsync(shop.Account.Name, told))!.Value.GetProperty("receipt"),
                JsonSerializer.SerializeToElement(outcome.Receipt, WireJson.Options)).ShouldBeTrue();
    }

    /// <summary>Defect: whoever repeated the command was told nothing at all any more.</summary>
    [Fact]
    public async Task is_left_out_where_the_event_cannot_be_read_any_more()
    {
        var (shop, id) = (await DeployedAsync(), Guid.CreateVersion7());
        var attach = Shop.Attach(shop.Orders, shop.Production);
        var first = await shop.Account.SendAsync(attach, id);
        await engine.ExecuteAsync(shop, "update events.mt_events set data = data - 'atomId' where tenant_id = $1 and type = 'processdeployment.atom-attached.v1'");

        var again = await shop.Account.SendAsync(attach, id);

        (again.Status, again.Position, again.Receipt).ShouldBe((OutcomeStatus.Accepted, first.Position, null));
    }

    private static string Json(Outcome outcome) => JsonSerializer.Serialize(outcome, WireJson.Options);

    private async Task<Shop> DeployedAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Deploy(shop.Orders), Shop.Deploy(shop.Invoice));
        return shop;
    }
}
