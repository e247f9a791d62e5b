using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Asking_what_became_of_a_command(EngineFixture engine)
{
    [Fact]
    public async Task gets_the_outcome_that_was_given_first()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), new SetLicences { Class = ConnectorClass.Standard, Production = 0 });
        var outcomes = new List<Outcome>();
        foreach (var command in new Command[] { shop.SaveMap("x"), Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders), Shop.Deploy(Guid.CreateVersion7()) })
            outcomes.Add(await shop.Account.SendAsync(command));

        foreach (var outcome in outcomes)
        {
            var asked = await shop.Account.AskAsync($"/commands/{outcome.CommandId}");
            JsonElement.DeepEquals(asked, JsonSerializer.SerializeToElement(outcome, WireJson.Options)).ShouldBeTrue(asked.ToString());
        }

        outcomes.Select(outcome => outcome.Status).ShouldBe([OutcomeStatus.Accepted, OutcomeStatus.Unchanged, OutcomeStatus.Refused, OutcomeStatus.Refused]);
    }

    [Fact]
    public async Task that_was_never_sent_is_answered_404()
    {
        var account = await engine.NewAccountAsync();

        (await account.TryAskAsync($"/commands/{Guid.CreateVersion7()}")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await account.ProblemOfAsync("/commands/17")).ShouldBe(("id", "must be a UUID"));
    }
}
