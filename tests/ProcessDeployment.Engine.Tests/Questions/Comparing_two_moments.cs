using System.Globalization;
using System.Net;
using System.Text.Json;
using Npgsql;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Tests.ReadModels;
using ProcessDeployment.Engine.Tests.Rebuild;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Comparing_two_moments(EngineFixture engine)
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(501, 4)];

    [Fact]
    public async Task shows_what_is_new_gone_and_changed()
    {
        var shop = await Shop.OpenAsync(engine);
        var from = shop.Position;
        await shop.DoAsync(
            Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders), new DeleteAtom { AtomId = shop.Backup },
            new SaveComponent { ComponentId = Guid.CreateVersion7(), ComponentType = "transform.map", Name = "Another map" });

        var answer = await shop.AskAsync($"/audit/diff?from={from}");

        answer.Items().Select(item => $"{item.Text("kind")} {item.Text("name") ?? item.Text("id")}").ShouldBe(["atom backup", "component Another map", "licences standard/PROD", "process Orders"]);
        answer.Items()[0].GetProperty("after").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.Items()[1].GetProperty("before").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.Items()[2].GetProperty("after").Number("used").ShouldBe(1);
        answer.Items()[3].Items("differs").Select(member => member.GetString()).ShouldBe(["atoms", "currentVersion", "deployedBy", "reasons", "revisedSinceDeploy"]);
        answer.Items()[3].GetProperty("after").Number("currentVersion").ShouldBe(1);
        (answer.GetProperty("fromPosition").GetInt64(), answer.GetProperty("toPosition").GetInt64()).ShouldBe((from, shop.Position));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task finds_what_two_independent_folds_differ_in(int seed)
    {
        var events = RandomHistory.Of(seed, 160);
        var account = await engine.NewAccountAsync();
        await engine.ProjectAsync(events.Select(e => e.In(account.Name)), 50);
        var random = new Random(seed);
        for (var pair = 0; pair < 6; pair++)
        {
            var from = random.Next(events.Count);
            var to = random.Next(from, events.Count + 1);
            var (before, after) = (States(Oracle.Fold(events.Take(from))), States(Oracle.Fold(events.Take(to))));
            var found = new List<string>();
            var cursor = "";
            while (cursor is not null)
            {
                var page = await account.AskAsync($"/audit/diff?from={from}&to={to}&take=3{cursor}");
                found.AddRange(page.Items().Select(item => $"{item.Text("kind")} {item.Text("id")}"));
                cursor = page.Text("next") is { } next ? $"&cursor={next}" : null;
            }

            string[] expected = [.. before.Keys.Union(after.Keys).Where(key => before.GetValueOrDefault(key) != after.GetValueOrDefault(key)).Order(StringComparer.Ordinal)];
            string.Join('\n', found).ShouldBe(string.Join('\n', expected), $"from {from} to {to}");
        }
    }

    [Theory]
    [InlineData("/audit/diff", "from", "must be given")]
    [InlineData("/audit/diff?from=soon", "from", Asking_badly.NoMoment)]
    [InlineData("/audit/diff?from=1", "from", "must be at most 0, the position of the account")]
    [InlineData("/audit/diff?from=0&to=1", "to", "must be at most 0, the position of the account")]
    [InlineData("/audit/diff?from=0&asOf=0", "asOf", "is not a parameter of this question; it takes from, to, cursor, take, atLeast")]
    public async Task that_are_none_is_refused(string path, string member, string rule)
    {
        var account = await engine.NewAccountAsync();

        (await account.ProblemOfAsync(path)).ShouldBe((member, rule));
    }

    [Fact]
    public async Task in_the_wrong_order_is_refused()
    {
        var shop = await Shop.OpenAsync(engine);

        (await shop.Account.ProblemOfAsync($"/audit/diff?from={shop.Position}&to={shop.Position - 1}")).ShouldBe(("from", "must not be after to"));
    }

    [Theory]
    [InlineData("from={0}")]
    [InlineData("from=2999-01-01")]
    [InlineData("from=0&to={0}")]
    public async Task that_the_read_models_do_not_contain_yet_is_waited_for(string moments)
    {
        await using var own = await OwnEngine.StartAsync(engine);
        await own.LiveAsync("local", 505, 20);
        string diff;
        await using (var holder = await own.Databases.OpenSessionAsync(TestContext.Current.CancellationToken))
        {
            await using var hold = new NpgsqlCommand($"select pg_advisory_lock({PageSql.Lock})", holder);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            var last = (await own.SendAsync("local", new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "Late" })).Position;
            diff = "/api/v1/audit/diff?" + string.Format(CultureInfo.InvariantCulture, moments, last);
            (await own.StatusOfAsync(diff)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        await Eventually.BecomesAsync(() => own.StatusOfAsync(diff), status => status == HttpStatusCode.OK);
    }

    private static Dictionary<string, string> States(AccountPicture picture)
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal) { ["licences enforcement"] = $"{picture.Mode}" };
        foreach (var pool in picture.Pools) states[$"licences {Word(pool.Class)}/{Word(pool.Classification)}"] = $"{pool.Purchased} {pool.Used}";
        foreach (var atom in picture.Atoms.Values.Where(atom => !atom.Deleted)) states[$"atom {atom.AtomId}"] = $"{atom}";
        foreach (var c in picture.Components.Values.Where(c => !c.Deleted && c.ComponentType != "process"))
            states[$"component {c.ComponentId}"] = $"{c.Name} {c.Folder} {c.LatestRevision} {c.ContentHash} {c.RevisedBy}";
        foreach (var p in picture.Processes.Values)
        {
            states[$"process {p.ProcessId}"] = $"{p.Name} {p.Folder} {p.LatestRevision} {p.CurrentVersion} {p.DeployedBy} {string.Join(',', p.Atoms.Order())} "
                + string.Join(';', p.Reasons.Select(reason => reason with { At = default }));
        }

        return states;
    }

    private static string Word<T>(T value) => JsonSerializer.Serialize(value, WireJson.Options).Trim('"');
}
