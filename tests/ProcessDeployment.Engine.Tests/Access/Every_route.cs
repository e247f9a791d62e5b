using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Access;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Tests.Access;

/// <summary>The whole table of routes against everybody: a route that nobody thought of fails here.</summary>
public sealed partial class Every_route(EngineFixture engine)
{
    /// <summary>These look themselves whether it is the operator who asks.</summary>
    private static readonly string[] OfTheOperator =
    [
        "GET /accounts", "POST /accounts", "POST /accounts/{account}/leave", "GET /accounts/{account}/history", "PUT /accounts/{account}/history", "GET /accounts/{account}/arrival", "POST /accounts/{account}/left", "POST /accounts/{account}/open", "POST /accounts/{account}/stay",
        "GET /operations", "GET /halted-accounts", "POST /halted-accounts/{accountId}/skip", "POST /dead-letters/{id}/replay", "POST /ledger/rotate-key", "GET /secrets/keys", "POST /secrets/rotate-key",
        "POST /rebuilds", "GET /rebuilds", "GET /rebuilds/{id:guid}", "DELETE /rebuilds/{id:guid}", "POST /rebuilds/{id:guid}/resume",
    ];

    /// <summary>The extensions of a run go to the Atom that runs it, and to nobody else.</summary>
    private static readonly string[] OfAtoms = ["GET /atoms/{id}/executions/{executionId}/extensions"];

    [Fact]
    public void says_whom_it_is_for()
    {
        var routes = Routes().ToList();
        routes.Except(RoutePrivileges.All).Except(OfTheOperator).Except(OfAtoms).ShouldBeEmpty("say in RoutePrivileges which privilege opens it");
        RoutePrivileges.All.Concat(OfTheOperator).Concat(OfAtoms).Except(routes).ShouldBeEmpty("there is no such route any more");
    }

    [Fact]
    public async Task opens_to_the_roles_that_hold_its_privilege_and_to_no_other()
    {
        var account = await engine.NewAccountAsync();
        await account.SendAsync(new SetMember { Member = "kim@example.com", Roles = [new(BuiltInRoles.Administrator)] });
        foreach (var role in BuiltInRoles.All.Keys) await account.SendAsync(new SetMember { Member = $"a-{role}", Roles = [new(role)] });
        var wrong = new List<string>();
        foreach (var route in RoutePrivileges.All)
        {
            foreach (var role in BuiltInRoles.All.Keys.Append("nobody"))
            {
                var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
                RoutePrivileges.TryGet(method, pattern, out var privilege);
                var opens = role != "nobody" && (privilege is not { } needed || BuiltInRoles.All[role].Contains(needed));
                var status = await StatusAsync(account, method, pattern, $"a-{role}");
                if (status == HttpStatusCode.Forbidden == opens) wrong.Add($"{route} as {role}: {status}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task of_the_operator_stays_closed_to_roles()
    {
        var account = await engine.NewAccountAsync();
        await account.SendAsync(new SetMember { Member = "kim@example.com", Roles = [new(BuiltInRoles.Administrator)] });

        foreach (var route in OfTheOperator) (await StatusAsync(account, route.Split(' ')[0], route.Split(' ')[1], "kim@example.com")).ShouldBe(HttpStatusCode.Forbidden, route);
    }

    private static async Task<HttpStatusCode> StatusAsync(TestAccount account, string method, string pattern, string actor)
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(new(method), new Uri($"{HttpServices.Root}{Parameter().Replace(pattern, Guid.Empty.ToString())}", UriKind.Relative)) { Headers = { { TestCallers.ActorHeader, actor } } };
        // Streams answer with their head and go on.
        using var response = await account.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, given.Token);
        return response.StatusCode;
    }

    private IEnumerable<string> Routes() =>
        from endpoint in engine.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.RoutePattern.RawText?.StartsWith(HttpServices.Root, StringComparison.Ordinal) is true
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select $"{method} {endpoint.RoutePattern.RawText![HttpServices.Root.Length..].TrimEnd('/')}";

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
