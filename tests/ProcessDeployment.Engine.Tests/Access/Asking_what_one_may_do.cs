using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Engine.Tests.Access;

/// <summary><c>GET /api/v1/access/own</c>.</summary>
public sealed class Asking_what_one_may_do(EngineFixture engine)
{
    [Fact]
    public async Task names_what_is_held_everywhere_and_what_in_one_environment_only()
    {
        var (account, test) = (await engine.NewAccountAsync(), Guid.CreateVersion7());
        await account.SendAsync(new CreateEnvironment { EnvironmentId = test, Name = "Test", Classification = Classification.Test, Order = 0 });
        await account.SendAsync(new SetMember { Member = "kim@example.com", Roles = [new(BuiltInRoles.Administrator)] });
        await account.SendAsync(new SetMember { Member = "dora@example.com", Roles = [new("viewer"), new("deployer", test)] });

        var own = await AskAsync(account, "dora@example.com");

        own.GetProperty("actor").GetString().ShouldBe("dora@example.com");
        Names(own).ShouldBe(["build-read", "atom-read", "licence-read"]);
        var there = own.GetProperty("environments").EnumerateArray().ShouldHaveSingleItem();
        there.GetProperty("environmentId").GetGuid().ShouldBe(test);
        Names(there).ShouldContain("deploy");
    }

    [Fact]
    public async Task of_an_account_without_members_is_everything()
    {
        var account = await engine.NewAccountAsync();

        Names(await AskAsync(account, "anybody@example.com")).ShouldBe(Enum.GetValues<Privilege>().Select(privilege => privilege.WireName()));
    }

    [Fact]
    public async Task is_nothing_for_whoever_has_no_role()
    {
        var account = await engine.NewAccountAsync();
        await account.SendAsync(new SetMember { Member = "kim@example.com", Roles = [new(BuiltInRoles.Administrator)] });

        using var response = await SendAsync(account, "sam@example.com");

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static IEnumerable<string?> Names(JsonElement held) => held.GetProperty("privileges").EnumerateArray().Select(privilege => privilege.GetString());

    private static async Task<JsonElement> AskAsync(TestAccount account, string actor)
    {
        using var response = await SendAsync(account, actor);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<HttpResponseMessage> SendAsync(TestAccount account, string actor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/access/own", UriKind.Relative)) { Headers = { { TestCallers.ActorHeader, actor } } };
        return await account.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
