using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.AtomSphere;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

/// <summary>The whole table of the platform API against everybody, and against what the platform documents.</summary>
public sealed class Every_object(EngineFixture engine)
{
    /// <summary>What can be done with each, by get, query, create, update, delete, as the wire facts of the platform have it.</summary>
    private static readonly Dictionary<string, string> Documented = new(StringComparer.Ordinal)
    {
        ["Process"] = "gq",
        ["Atom"] = "gqcud",
        ["ProcessAtomAttachment"] = "qcd",
        ["Deployment"] = "gqc",
        ["Environment"] = "gqcud",
        ["EnvironmentAtomAttachment"] = "qcd",
        ["ProcessEnvironmentAttachment"] = "qcd",
        ["ProcessSchedules"] = "gqu",
        ["ProcessScheduleStatus"] = "gqu",
        ["ExecutionRequest"] = "c",
        ["ExecutionRecord"] = "lq",
        ["AuditLog"] = "gq",
        ["Account"] = "gq",
        ["ComponentMetadata"] = "gqcud",
        ["ComponentReference"] = "gq",
        ["PackagedComponent"] = "gqcd",
        ["PackagedComponentManifest"] = "g",
        ["DeployedPackage"] = "gqcd",
        ["EnvironmentExtensions"] = "gqu",
    };

    private static readonly string[] Verbs = ["Component", "ComponentDiffRequest", "ConnectionLicensingReport", "cancelExecution", "changeListenerStatus", "deployComponent", "deployProcess", "executeProcess"];

    private PlatformObjects All => engine.Services.GetRequiredService<PlatformObjects>();

    [Fact]
    public void does_what_the_platform_documents()
    {
        All.All.ToDictionary(about => about.Name, Letters).ShouldBe(Documented, ignoreOrder: true);
        All.Operations.Select(operation => operation.Name).ShouldBe(Verbs);
    }

    [Fact]
    public async Task opens_to_the_roles_that_hold_its_privilege_and_to_no_other()
    {
        var account = await engine.NewAccountAsync();
        await account.SendAsync(new SetMember { Member = "kim@example.com", Roles = [new(BuiltInRoles.Administrator)] });
        foreach (var role in BuiltInRoles.All.Keys) await account.SendAsync(new SetMember { Member = $"a-{role}", Roles = [new(role)] });
        var wrong = new List<string>();
        foreach (var role in BuiltInRoles.All.Keys.Append("nobody"))
        {
            foreach (var about in All.All)
            {
                foreach (var (method, path) in Reading(about)) await CheckAsync(role, method, path, about.Privilege);
            }

            foreach (var operation in All.Operations) await CheckAsync(role, "POST", operation.Name, operation.Privilege);
        }

        wrong.ShouldBeEmpty();

        async Task CheckAsync(string role, string method, string path, Privilege? privilege)
        {
            var opens = role != "nobody" && (privilege is not { } needed || BuiltInRoles.All[role].Contains(needed));
            using var request = new HttpRequestMessage(new(method), new Uri($"/api/rest/v1/{account.Name}/{path}", UriKind.Relative)) { Headers = { { TestCallers.ActorHeader, $"a-{role}" } } };
            if (method == "POST") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var answer = await account.Http.SendAsync(request, TestContext.Current.CancellationToken);
            if (answer.StatusCode == HttpStatusCode.Forbidden == opens || answer.StatusCode == HttpStatusCode.InternalServerError) wrong.Add($"{method} {path} as {role}: {answer.StatusCode}");
        }
    }

    private static IEnumerable<(string Method, string Path)> Reading(PlatformObject about)
    {
        if (about.Gets) yield return ("GET", $"{about.Name}/{Guid.Empty}");
        if (about.Gets) yield return ("POST", $"{about.Name}/bulk");
        if (about.GetLater is not null) yield return ("GET", $"{about.Name}/async/{Guid.Empty}");
        if (about.Queries) yield return ("POST", $"{about.Name}/query");
        if (about.Queries) yield return ("POST", $"{about.Name}/queryMore");
    }

    private static string Letters(PlatformObject about) => string.Concat(
        about.Gets ? "g" : "", about.GetLater is null ? "" : "l", about.Queries ? "q" : "", about.Create is null ? "" : "c", about.Update is null ? "" : "u", about.Delete is null ? "" : "d");
}
