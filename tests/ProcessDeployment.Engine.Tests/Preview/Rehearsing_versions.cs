using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Preview;

public sealed class Rehearsing_versions(EngineFixture engine)
{
    [Fact, Covers("#22")]
    public async Task shows_which_could_be_deployed_again_and_what_stands_against_the_others()
    {
        var shop = await Shop.OpenAsync(engine);
        var without = shop.SaveInvoice() with { References = [new(shop.Map, ReferenceKind.Dependent)] };
        await shop.DoAsync(
            Shop.Attach(shop.Invoice, shop.Production),
            Shop.Deploy(shop.Invoice),
            without,
            Shop.Deploy(shop.Invoice),
            new SetLicences { Class = ConnectorClass.Standard, Production = 0 },
            new DeleteComponent { ComponentId = shop.Database });

        var rehearsals = await shop.AskAsync($"/processes/{shop.Invoice}/rehearsals");

        var (second, first) = (rehearsals.Items()[0], rehearsals.Items()[1]);
        (second.Number("versionNumber"), second.GetProperty("outcome").Text("status")).ShouldBe((2, "accepted"));
        second.Items("deletedComponents").ShouldBeEmpty();
        (first.Number("versionNumber"), first.GetProperty("outcome").GetProperty("refusal").Text("code")).ShouldBe((1, "licence-exceeded"));
        first.GetProperty("licences").Items("pools").ShouldHaveSingleItem().Number("availableAfter").ShouldBe(-1);
        first.Items("deletedComponents").Select(id => id.GetGuid()).ShouldBe([shop.Database]);
    }

    [Fact]
    public async Task agrees_with_each_redeployment_right_after_it()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Invoice, shop.Production), Shop.Deploy(shop.Invoice), Shop.Deploy(shop.Invoice));
        var rehearsed = (await shop.AskAsync($"/processes/{shop.Invoice}/rehearsals?take=1")).Items().ShouldHaveSingleItem();

        var outcome = await shop.Account.SendAsync(new RedeployVersion { ProcessId = shop.Invoice, TargetVersion = 2 });

        rehearsed.GetProperty("outcome").Number("position").ShouldBe((int)outcome.Position);
        rehearsed.GetProperty("outcome").Items("events")[0].Text("stream").ShouldBe(outcome.Events[0].Stream);
        // Of these nobody has looked for parents, which is something else than that there are none.
        rehearsed.TryGetProperty("parents", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task says_the_position_that_its_list_of_versions_shows()
    {
        var shop = await Shop.OpenAsync(engine);
        (await shop.AskAsync($"/processes/{shop.Orders}/rehearsals")).Number("position").ShouldBe((int)shop.Position);
        await shop.DoAsync(Shop.Deploy(shop.Orders));

        var rehearsals = await shop.AskAsync($"/processes/{shop.Orders}/rehearsals");

        rehearsals.Number("position").ShouldBe((int)shop.Position);
        rehearsals.Items().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task of_what_is_no_Process_answers_404()
    {
        var shop = await Shop.OpenAsync(engine);
        foreach (var id in (Guid[])[shop.Database, Guid.CreateVersion7()])
        {
            using var response = await shop.Account.Http.GetAsync(new Uri($"/api/v1/processes/{id}/rehearsals", UriKind.Relative), TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        }
    }
}
