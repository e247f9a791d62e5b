using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Access;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Tests.Access;

/// <summary>Every question, by every role of one account, with the ids of what another account has: as if there were no such thing.</summary>
public sealed partial class Every_route_across_accounts(EngineFixture engine)
{
    private static readonly Guid Process = Guid.CreateVersion7(), Atom = Guid.CreateVersion7(), Command = Guid.CreateVersion7(), Webhook = Guid.CreateVersion7();

    /// <summary>In every name of what the other account has.</summary>
    private readonly string _mark = $"mark{Guid.NewGuid():n}";

    private string _digest = "";
    private string _execution = "";

    private static IEnumerable<string> Questions => RoutePrivileges.All.Where(route => route.StartsWith("GET ", StringComparison.Ordinal) && !route.EndsWith("/changes", StringComparison.Ordinal)).Select(route => route[4..]);

    [Fact]
    public async Task shows_nothing_of_another_account_to_anybody()
    {
        var (theirs, mine) = (await engine.NewAccountAsync(), await engine.NewAccountAsync());
        await FillAsync(theirs);
        await mine.SendAsync(new SetMember { Member = "kim@example.com", Roles = [new(BuiltInRoles.Administrator)] });
        foreach (var role in BuiltInRoles.All.Keys) await mine.SendAsync(new SetMember { Member = $"a-{role}", Roles = [new(role)] });

        var (leaks, asked) = (new List<string>(), 0);
        foreach (var question in Questions)
        {
            foreach (var role in BuiltInRoles.All.Keys)
            {
                var (status, body) = await AskAsync(mine, question, $"a-{role}");
                asked++;
                if (body.Contains(_mark, StringComparison.Ordinal) || body.Contains(theirs.Name, StringComparison.Ordinal) || (int)status >= 500) leaks.Add($"{question} as {role}: {status} {body}");
            }
        }

        leaks.ShouldBeEmpty();
        TestContext.Current.TestOutputHelper?.WriteLine($"{asked} questions of {BuiltInRoles.All.Count} roles");
        // That one would see it: its own people do.
        var shown = new List<string>();
        foreach (var question in Questions)
        {
            if ((await AskAsync(theirs, question, "kim@example.com")).Body.Contains(_mark, StringComparison.Ordinal)) shown.Add(question);
        }

        shown.Count.ShouldBeGreaterThan(20, string.Join(", ", shown));
    }

    private async Task FillAsync(TestAccount account)
    {
        var connection = Guid.CreateVersion7();
        Command[] commands =
        [
            new SetMember { Member = "kim@example.com", Roles = [new(BuiltInRoles.Administrator)] },
            new SetMember { Member = _mark, Roles = [new("viewer")] },
            new SetLicences { Class = ConnectorClass.Standard, Production = 5 },
            new SaveComponent { ComponentId = connection, ComponentType = ComponentTypes.Connection, Name = $"Shop {_mark}", Folder = $"{_mark}", Connector = new("http", ConnectorClass.Standard) },
            new SaveComponent { ComponentId = Process, ComponentType = ComponentTypes.Process, Name = $"Orders {_mark}", Folder = $"{_mark}", Content = _mark, References = [new(connection, ReferenceKind.Dependent)] },
            new RegisterAtom { AtomId = Atom, Name = $"Atom {_mark}" },
            new DeployProcess { ProcessId = Process, Note = _mark },
            new AttachAtoms { ProcessId = Process, AtomIds = [Atom] },
            new ReportAtomStatus { AtomId = Atom, Status = AtomStatus.Online },
            new SetWebhook { WebhookId = Webhook, Url = $"https://hooks.example.com/{_mark}", Secret = "0123456789abcdef", EventTypes = ["processdeployment.version-deployed.v1"], Enabled = false },
        ];
        foreach (var command in commands) (await account.SendAsync(command)).Status.ShouldBe(OutcomeStatus.Accepted, $"{command}");
        var run = await account.SendAsync(new ExecuteProcess { ProcessId = Process, AtomId = Atom, Reason = _mark }, Command);
        run.Status.ShouldBe(OutcomeStatus.Accepted, run.Refusal?.Message);
        _execution = run.Events[0].Stream.Split('/')[^1];
        (await engine.Services.GetRequiredService<ReadPosition>().WaitAsync(account.Name, run.Position, Eventually.Patience, TestContext.Current.CancellationToken)).ShouldBeTrue();
        var version = await account.Http.GetFromJsonAsync<JsonElement>($"{HttpServices.Root}/processes/{Process}/versions/1", TestContext.Current.CancellationToken);
        _digest = Digest().Match(version.ToString()).Value;
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(TestAccount account, string question, string actor)
    {
        var id = question.Split('/')[1] switch { "processes" or "components" => $"{Process}", "atoms" => $"{Atom}", "executions" => _execution, "commands" => $"{Command}", _ => $"{Webhook}" };
        var path = question.Replace("{id:guid}", id, StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal).Replace("{atomId}", $"{Atom}", StringComparison.Ordinal)
            .Replace("{digest}", _digest, StringComparison.Ordinal);
        path = Parameter().Replace(path, "1");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{HttpServices.Root}{path}{(question.EndsWith("/diff", StringComparison.Ordinal) ? "?from=1&to=1" : "")}", UriKind.Relative)) { Headers = { { TestCallers.ActorHeader, actor } } };
        using var response = await account.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digest();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
