using System.Net;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Tests.Identity;
using ProcessDeployment.Web;

namespace ProcessDeployment.Engine.Tests.Access;

/// <summary>The whole table of pages against everybody: what somebody may not see stands there as denied, and nothing of it is shown.</summary>
public sealed class Every_page(EngineFixture engine)
{
    private const string Denied = "Not allowed";
    private const string WayToAccess = ">Access</a>";
    private const string Account = "acme";

    private static readonly Guid Process = Guid.CreateVersion7(), Connection = Guid.CreateVersion7(), Atom = Guid.CreateVersion7(), Attempt = Guid.CreateVersion7();

    [Fact]
    public void says_whom_it_is_for() =>
        PageTable.All.Select(row => row.Page).Distinct().ShouldBe(
            typeof(PagesSetup).Assembly.GetTypes().SelectMany(page => page.GetCustomAttributes(typeof(RouteAttribute), inherit: false)).Cast<RouteAttribute>().Select(route => route.Template),
            ignoreOrder: true, "say in PageTable whom a page is for, and take out what is no page any more");

    [Fact]
    public async Task shows_itself_to_the_roles_it_is_for_and_says_to_all_others_that_it_is_not()
    {
        await using var own = await IdentityEngine.StartAsync(engine, issuer => IdentityEngine.Usual(issuer) with { ClientId = "pages" });
        var ids = await FillAsync(own);
        var callers = new Dictionary<string, (Browsing Browser, IReadOnlyCollection<Privilege> Held)>(StringComparer.Ordinal);
        foreach (var (role, held) in BuiltInRoles.All) callers[role] = (await EnterAsync(own, Account, $"a-{role}"), held);
        callers["nobody"] = (await EnterAsync(own, Account, "sam@example.com"), []);
        using var outsider = await EnterAsync(own, "other", "kim@example.com");
        using var stranger = own.Come();
        var wrong = new List<string>();

        foreach (var row in PageTable.All)
        {
            var address = row.Address(ids);
            foreach (var (caller, (browser, held)) in callers)
            {
                var (response, page) = await browser.GetAsync(address);
                var opens = row.IsFor(held);
                if (response.StatusCode != HttpStatusCode.OK || page.Contains(row.Shows, StringComparison.Ordinal) != opens || page.Contains(Denied, StringComparison.Ordinal) == opens)
                    wrong.Add($"{address} as {caller} {(opens ? "does not show itself" : "is not denied")}: {(int)response.StatusCode}");
                if (page.Contains(WayToAccess, StringComparison.Ordinal) != held.Contains(Privilege.AuditRead)) wrong.Add($"{address} as {caller}: the way to the Access page");
            }

            if ((await outsider.GetAsync(address)).Body.Contains(PageTable.Mark, StringComparison.Ordinal)) wrong.Add($"{address} shows something to a member of another account");
            using var answer = await stranger.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            if (answer.Headers.Location?.ToString() != $"/sign-in?return={Uri.EscapeDataString(address)}") wrong.Add($"{address} does not ask who it is: {(int)answer.StatusCode} {answer.Headers.Location}");
        }

        wrong.ShouldBeEmpty();
        TestContext.Current.TestOutputHelper?.WriteLine($"{PageTable.All.Count} pages × {callers.Count + 2} callers");
        foreach (var (browser, _) in callers.Values) browser.Dispose();
    }

    private static async Task<Browsing> EnterAsync(IdentityEngine own, string account, string name)
    {
        own.Issuer.Somebody = [("account", account), ("preferred_username", name)];
        var browser = new Browsing(own.Come());
        (await browser.GetAsync("/not-found")).Body.ShouldContain(name);
        return browser;
    }

    /// <returns>What stands for what in the patterns of pages.</returns>
    private static async Task<Dictionary<string, string>> FillAsync(IdentityEngine own)
    {
        const string Mark = PageTable.Mark;
        Command[] commands =
        [
            new SetLicences { Class = ConnectorClass.Standard, Production = 5 },
            new SaveComponent { ComponentId = Connection, ComponentType = ComponentTypes.Connection, Name = $"Shop {Mark}", Connector = new("http", ConnectorClass.Standard) },
            new SaveComponent { ComponentId = Process, ComponentType = ComponentTypes.Process, Name = $"Orders {Mark}", References = [new(Connection, ReferenceKind.Dependent)], SourceRevision = $"Source {Mark}" },
            new RegisterAtom { AtomId = Atom, Name = $"Atom {Mark}" },
            new DeployProcess { ProcessId = Process, Note = $"Note {Mark}" },
            new AttachAtoms { ProcessId = Process, AtomIds = [Atom] },
            new ReportAtomStatus { AtomId = Atom, Status = AtomStatus.Online },
            new ExecuteProcess { ProcessId = Process, AtomId = Atom },
            new CreateEnvironment { EnvironmentId = Guid.CreateVersion7(), Name = $"Test {Mark}", Classification = Classification.Test, Order = 0 },
            new SetWebhook { WebhookId = Guid.CreateVersion7(), Url = $"https://hooks.example.com/{Mark}", Secret = "0123456789abcdef", Enabled = false },
            new IssueApiKey { KeyId = Guid.CreateVersion7(), Name = $"key-{Mark}", SecretHash = new('a', 64), Roles = [new("viewer")] },
            new SetFreeze { FreezeId = Guid.CreateVersion7(), Name = $"Holidays {Mark}", From = "2100-01-01T00:00:00Z", Until = "2100-01-02T00:00:00Z" },
            new SetMember { Member = "kim@example.com", Roles = [new(BuiltInRoles.Administrator)] },
            .. BuiltInRoles.All.Keys.Select(role => new SetMember { Member = $"a-{role}", Roles = [new(role)] }),
        ];
        foreach (var command in commands) await own.SendAsync(Account, command);
        var refused = await own.TryAsync(Account, new RenameAtom { AtomId = Guid.Empty, Name = $"Attempt {Mark}", Reason = $"Attempt {Mark}" }, Attempt);
        await own.SendAsync("other", new SetMember { Member = "kim@example.com", Roles = [new(BuiltInRoles.Administrator)] });
        (await own.Services.GetRequiredService<ReadPosition>().WaitAsync(Account, refused.Position, Eventually.Patience, TestContext.Current.CancellationToken)).ShouldBeTrue();
        return new(StringComparer.Ordinal)
        {
            ["ProcessId:guid"] = $"{Process}",
            ["ItemId:guid"] = $"{Process}",
            ["AtomId:guid"] = $"{Atom}",
            ["ComponentId:guid"] = $"{Process}",
            ["Position:long"] = "2",
            ["CommandId:guid"] = $"{Attempt}?behind={refused.Position}",
        };
    }
}
