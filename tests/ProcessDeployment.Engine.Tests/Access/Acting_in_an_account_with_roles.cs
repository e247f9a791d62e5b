using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Access;

public sealed class Acting_in_an_account_with_roles(EngineFixture engine)
{
    [Fact]
    public async Task is_denied_without_the_role_whatever_the_channel_and_told_to_auditors()
    {
        var shop = await WithRolesAsync();

        foreach (var outcome in new[] { await ByHttpAsync(shop, "ana@example.com"), await BySqlAsync(shop, "ana@example.com") })
        {
            outcome.Refusal?.Code.ShouldBe(RefusalCodes.NotAllowed);
            outcome.Events.ShouldHaveSingleItem().Type.ShouldBe("processdeployment.access-denied.v1");
            outcome.Refusal!.Details!.Value.GetProperty("privilege").GetString().ShouldBe("deploy");
        }

        (await ByHttpAsync(shop, "dora@example.com")).Status.ShouldBe(OutcomeStatus.Accepted);
        (await BySqlAsync(shop, "dora@example.com")).Status.ShouldBe(OutcomeStatus.Accepted);
        (await DeniedAsync(shop, 2)).Select(item => item.GetProperty("actor").GetString()).ShouldBe(["ana@example.com", "ana@example.com"]);
    }

    [Fact]
    public async Task asking_in_vain_is_noted_once_a_minute()
    {
        var shop = await WithRolesAsync();
        for (var times = 0; times < 3; times++) (await StatusAsync(shop, "/api/v1/audit", "ana@example.com")).ShouldBe(HttpStatusCode.Forbidden);

        // Whatever was noted stands before what comes after it.
        await shop.DoAsync(new SetLicenceEnforcement { Mode = LicenceEnforcement.Tolerant });
        var noted = (await DeniedAsync(shop, 1)).ShouldHaveSingleItem();
        noted.GetProperty("summary").GetString()!.ShouldStartWith("GET /api/v1/audit denied: ana@example.com may not");
    }

    [Fact]
    public async Task a_role_that_was_taken_away_opens_nothing_from_then_on()
    {
        var shop = await WithRolesAsync();
        (await StatusAsync(shop, "/api/v1/licences", "ana@example.com")).ShouldBe(HttpStatusCode.OK);

        await shop.DoAsync(new RemoveMember { Member = "ana@example.com" });

        (await StatusAsync(shop, "/api/v1/licences", "ana@example.com")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task who_may_do_what_is_told_without_secrets()
    {
        var shop = await WithRolesAsync();
        await shop.DoAsync(new IssueApiKey { KeyId = Guid.CreateVersion7(), Name = "ci", SecretHash = new('a', 64), Roles = [new("deployer")] });

        var access = await shop.Account.AskAsync("/access");
        access.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("member").GetString()).ShouldBe(["ana@example.com", "dora@example.com", "kim@example.com"]);
        access.GetProperty("keys").EnumerateArray().ShouldHaveSingleItem().GetProperty("actor").GetString().ShouldBe("key:ci");
        access.GetRawText().ShouldNotContain("aaaa");
    }

    private static async Task<List<JsonElement>> DeniedAsync(Shop shop, int least) =>
        [.. (await Eventually.BecomesAsync(() => shop.Account.AskAsync("/audit?type=processdeployment.access-denied.v1"), found => found.Items().Count >= least)).Items()];

    private async Task<Shop> WithRolesAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            new SetMember { Member = "kim@example.com", Roles = [new(BuiltInRoles.Administrator)] },
            new SetMember { Member = "ana@example.com", Roles = [new("designer")] },
            new SetMember { Member = "dora@example.com", Roles = [new("deployer")] });
        return shop;
    }

    private static async Task<Outcome> ByHttpAsync(Shop shop, string actor)
    {
        var text = CommandWriter.ToCloudEvent(Guid.CreateVersion7(), "//tests", new DeployProcess { ProcessId = shop.Orders });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/commands", UriKind.Relative))
        {
            Content = new ByteArrayContent(text) { Headers = { ContentType = new("application/cloudevents+json") } },
            Headers = { { TestCallers.ActorHeader, actor } },
        };
        using var response = await shop.Account.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<Outcome>(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), WireJson.Options)!;
    }

    /// <summary>As a bus hands it over, which says nothing of the sender.</summary>
    private static Task<Outcome> BySqlAsync(Shop shop, string actor) =>
        shop.Account.SendAsync(new DeployProcess { ProcessId = shop.Orders, Actor = actor }, channel: Channels.PostgreSql);

    private static async Task<HttpStatusCode> StatusAsync(Shop shop, string path, string actor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { { TestCallers.ActorHeader, actor } } };
        using var response = await shop.Account.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
