using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Tests.Http;
using ProcessDeployment.Engine.Tests.Questions;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Engine.Tests.Preview;

public sealed class Previewing_a_command(EngineFixture engine)
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 4)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task agrees_with_the_command_right_after_it(int seed)
    {
        var (account, commands) = (await engine.NewAccountAsync(), new RandomCommands(new(seed)));
        foreach (var command in commands.Beginning().Concat(Enumerable.Range(0, 150).Select(_ => commands.Next())))
        {
            var id = Guid.CreateVersion7();
            var foreseen = await account.PreviewAsync(command, id);

            var outcome = await account.SendAsync(command with { Actor = TestCallers.Actor }, id);

            JsonSerializer.Serialize(foreseen.GetProperty("outcome"), WireJson.Options).ShouldBe(JsonSerializer.Serialize(outcome, WireJson.Options), command.ToString());
            if (outcome.Status != OutcomeStatus.Accepted || !foreseen.TryGetProperty("licences", out var licences)) continue;
            foreach (var pool in licences.Items("pools")) (await UsedAsync(account, pool)).ShouldBe(pool.Number("usedAfter")!.Value, command.ToString());
        }
    }

    private static Task<int> UsedAsync(TestAccount account, JsonElement pool) => account.ScalarAsync<int>($"""
        select used from process_deployment.licence_pool
        where account_id = $1 and lower(class) = lower('{pool.Text("class")}') and classification = '{(pool.Text("classification") == "PROD" ? "Production" : "Test")}'
        """);

    [Fact]
    public async Task of_deleting_an_Atom_by_force_says_what_all_its_Processes_together_would_free()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders), Shop.Attach(shop.Invoice, shop.Production), Shop.Deploy(shop.Invoice));

        var preview = await shop.Account.PreviewAsync(new DeleteAtom { AtomId = shop.Production, Force = true });

        preview.GetProperty("licences").Items("freed").ShouldHaveSingleItem().Text("name").ShouldBe("Shop database");
        var pool = preview.GetProperty("licences").Items("pools").ShouldHaveSingleItem();
        (pool.Number("usedBefore"), pool.Number("usedAfter")).ShouldBe((1, 0));
    }

    [Fact, Covers("#31")]
    public async Task of_a_deploy_names_what_is_only_called_by_a_route_and_must_be_deployed_by_itself()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(shop.SaveOrders() with { References = [new(shop.Invoice, ReferenceKind.Independent), new(shop.Database, ReferenceKind.Dependent)] });

        var preview = await shop.Account.PreviewAsync(Shop.Deploy(shop.Orders));

        preview.Items("routes").ShouldHaveSingleItem().Text("name").ShouldBe("invoice");
        preview.Items("downloads").ShouldBeEmpty();
        preview.TryGetProperty("licences", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task of_a_deploy_that_would_exceed_the_licences_says_how_many_are_missing_and_who_holds_them()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            new SetLicences { Class = ConnectorClass.Standard, Production = 1 },
            Shop.Attach(shop.Invoice, shop.Production),
            Shop.Deploy(shop.Invoice),
            Shop.Attach(shop.Orders, shop.Backup));

        var preview = await shop.Account.PreviewAsync(Shop.Deploy(shop.Orders));

        preview.GetProperty("outcome").GetProperty("refusal").Text("code").ShouldBe("licence-exceeded");
        var pool = preview.GetProperty("licences").Items("pools").ShouldHaveSingleItem();
        (pool.Number("purchased"), pool.Number("usedBefore"), pool.Number("usedAfter"), pool.Number("availableAfter")).ShouldBe((1, 1, 2, -1));
        var pair = preview.GetProperty("licences").Items("netNew").ShouldHaveSingleItem();
        (pair.Text("name"), pair.Text("atomName")).ShouldBe(("Shop database", "backup"));
        preview.GetProperty("outcome").GetProperty("refusal").GetProperty("details").Items("holders")[0].Id("atomId").ShouldBe(shop.Production);
    }

    [Fact]
    public async Task of_a_deploy_names_the_Atoms_that_would_download_and_the_parents_that_stay_bold()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders), shop.SaveInvoice("<process><other/></process>"), Shop.Attach(shop.Invoice, shop.Backup));

        var preview = await shop.Account.PreviewAsync(Shop.Deploy(shop.Invoice));

        var download = preview.Items("downloads").ShouldHaveSingleItem();
        (download.Id("processId"), download.Number("versionNumber")).ShouldBe((shop.Invoice, 1));
        download.Items("atomIds").Select(id => id.GetGuid()).ShouldBe([shop.Backup]);
        var parent = preview.Items("parents").ShouldHaveSingleItem();
        (parent.Text("name"), parent.Id("componentId")).ShouldBe(("Orders", shop.Invoice));
    }

    [Fact]
    public async Task of_a_detach_says_which_licences_it_would_free()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders));

        var preview = await shop.Account.PreviewAsync(new DetachAtoms { ProcessId = shop.Orders, AtomIds = [shop.Production] });

        preview.GetProperty("licences").Items("freed").ShouldHaveSingleItem().Text("atomName").ShouldBe("Production");
        preview.GetProperty("licences").Items("pools").ShouldHaveSingleItem().Number("usedAfter").ShouldBe(0);
    }

    [Fact]
    public async Task changes_nothing_and_leaves_its_id_free()
    {
        var shop = await Shop.OpenAsync(engine);
        var id = Guid.CreateVersion7();

        await shop.Account.PreviewAsync(Shop.Attach(shop.Orders, shop.Production), id);

        (await shop.Account.ScalarAsync<long>("select position from process_deployment.account where account_id = $1")).ShouldBe(shop.Position);
        var outcome = await shop.Account.SendAsync(Shop.Deploy(shop.Orders), id);
        (outcome.Replayed, outcome.Status).ShouldBe((false, OutcomeStatus.Accepted));
    }

    [Fact]
    public async Task whose_id_was_used_shows_the_answer_it_would_get()
    {
        var shop = await Shop.OpenAsync(engine);
        var id = Guid.CreateVersion7();
        await shop.Account.SendAsync(Shop.Attach(shop.Orders, shop.Production) with { Actor = TestCallers.Actor }, id);

        (await shop.Account.PreviewAsync(Shop.Attach(shop.Orders, shop.Production), id)).GetProperty("outcome").Flag("replayed").ShouldBeTrue();
        (await shop.Account.PreviewAsync(Shop.Deploy(shop.Orders), id)).GetProperty("outcome").GetProperty("refusal").Text("code").ShouldBe("command-id-reused");
    }

    [Theory]
    [InlineData("""{"processId":"x"}""", "application/json", HttpStatusCode.BadRequest, "data.processId")]
    [InlineData("""{}""", "application/json", HttpStatusCode.BadRequest, "data.processId")]
    [InlineData("""{}""", "text/plain", HttpStatusCode.UnsupportedMediaType, null)]
    [InlineData("""{}""", "application/cloudevents-batch+json", HttpStatusCode.UnsupportedMediaType, null)]
    public async Task that_is_malformed_names_the_member(string data, string contentType, HttpStatusCode status, string? member)
    {
        var account = await engine.NewAccountAsync();

        var answer = await account.Http.PostTextAsync(Texts.Command("deploy-process", data), contentType, "/api/v1/preview");

        answer.Status.ShouldBe(status);
        if (member is not null) answer.Body.Items("errors")[0].Text("member").ShouldBe(member);
    }
}
