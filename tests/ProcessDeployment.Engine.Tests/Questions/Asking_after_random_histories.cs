using System.Globalization;
using System.Text.Json;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Tests.ReadModels;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Engine.Tests.Questions;

/// <summary>Every answer about domain state beside an independent fold of the same events.</summary>
public sealed class Asking_after_random_histories(EngineFixture engine)
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(201, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task answers_what_an_independent_fold_answers(int seed)
    {
        var events = RandomHistory.Of(seed, 200);
        var account = await engine.NewAccountAsync();
        for (var seen = 0; seen < events.Count; seen += 50)
        {
            await engine.ProjectPageAsync([.. events.Skip(seen).Take(50).Select(e => e.In(account.Name))]);
            await CompareAllAsync(account, Oracle.Fold(events.Take(seen + 50)));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task answers_of_any_moment_what_an_independent_fold_up_to_it_answers(int seed)
    {
        var events = RandomHistory.Of(seed, 200);
        var account = await engine.NewAccountAsync();
        await engine.ProjectAsync(events.Select(e => e.In(account.Name)), 50);
        var random = new Random(seed);
        for (var moment = 0; moment < 6; moment++)
        {
            var position = random.Next(1, events.Count);
            // By position and by time: that of the last event at it, or a little later.
            var time = events[position - 1].Time.AddSeconds(random.Next(2) * 59);
            var last = events.Last(e => e.Time <= time).Position;
            await CompareAllAsync(account.AsOf(position), Oracle.Fold(events.Take(position)));
            await CompareAllAsync(account.AsOf(time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)), Oracle.Fold(events.TakeWhile(e => e.Position <= last)));
        }
    }

    private static async Task CompareAllAsync(TestAccount account, AccountPicture oracle)
    {
        await CompareAsync(account, oracle);
        await CompareAuditAsync(account, oracle);
        await CompareReportAsync(account, oracle);
    }

    private static async Task CompareAsync(TestAccount account, AccountPicture oracle)
    {
        var processes = await AllAsync(account, "/processes?take=3", Process);
        processes.ShouldBe(oracle.Processes.Values
            .OrderBy(p => p.Name.ToLowerInvariant(), StringComparer.Ordinal).ThenBy(p => p.ProcessId)
            .Select(Process));
        foreach (var process in oracle.Processes.Keys) Process((await account.AskAsync($"/processes/{process}"))).ShouldBeOneOf([.. processes]);

        foreach (var (processId, versions) in oracle.Versions)
        {
            (await AllAsync(account, $"/processes/{processId}/versions?take=2", Version)).ShouldBe(versions.Reverse().Select(v => Line(
                v.VersionNumber, v.DeployedAt, v.DeployedBy, v.Note, v.RedeployOf, v.IdenticalTo, v.Current, v.Digest,
                string.Join(';', v.Manifest.Select(m => Line(m.ComponentId, m.ComponentType, m.Name, m.Revision))), string.Join(',', v.Targets.SelectMany(t => t.AtomIds)), v.Label, v.Withdrawn)));
        }

        foreach (var (atomId, deployments) in oracle.Deployments)
        {
            (await AllAsync(account, $"/atoms/{atomId}/deployments?take=2", Deployment)).Order(StringComparer.Ordinal).ShouldBe(deployments
                .Select(d => Line(d.ProcessId, d.Name, d.VersionNumber, d.Since, d.DeployedBy, d.Note, d.RevisedSinceDeploy)).Order(StringComparer.Ordinal));
        }

        var licences = await account.AskAsync("/licences");
        licences.Text("mode").ShouldBe(oracle.Mode.ToString(), StringCompareShould.IgnoreCase);
        licences.Items("pools").Select(Pool).ShouldBe(oracle.Pools.Select(p => Line(
            JsonSerializer.SerializeToElement(p.Class, WireJson.Options).GetString(), JsonSerializer.SerializeToElement(p.Classification, WireJson.Options).GetString(),
            p.Purchased, p.Used, p.Available, p.OverDeployed,
            string.Join(';', p.Connections.OrderBy(c => (c.ComponentId, c.AtomId)).Select(c => Line(c.ComponentId, c.Name, c.AtomId, string.Join(',', c.ProcessIds)))))));

        foreach (var componentId in oracle.Components.Keys)
        {
            var impact = await AllAsync(account, $"/components/{componentId}/impact?take=2", item => item.Number("deployedRevision") is { } revision
                ? Line(item.Id("processId"), item.Number("currentVersion"), revision, item.Flag("revisedSinceDeploy"), string.Join(',', item.Items("atoms").Select(a => a.Id("atomId")).Order()))
                : "");
            impact.Where(line => line.Length > 0).Order(StringComparer.Ordinal).ShouldBe(oracle.Impact(componentId)
                .Select(i => Line(i.ProcessId, i.VersionNumber, i.DeployedRevision, i.RevisedSinceDeploy, string.Join(',', i.Atoms.Order()))).Order(StringComparer.Ordinal));
        }
    }

    private static async Task CompareAuditAsync(TestAccount account, AccountPicture oracle)
    {
        async Task ShouldAnswerAsync(string filter, Func<AuditItem, bool> fits) => (await AllAsync(account, $"/audit?take=50{filter}", Entry))
            .ShouldBe(oracle.Audit.Reverse().Where(fits).Select(a => Line(a.Position, a.Time, a.Actor, a.Type, a.ComponentId)), filter);

        await ShouldAnswerAsync("", _ => true);
        foreach (var componentId in oracle.Components.Keys) await ShouldAnswerAsync($"&component={componentId}", a => a.ComponentId == componentId);
        foreach (var atomId in oracle.Atoms.Keys) await ShouldAnswerAsync($"&atom={atomId}", a => a.AtomIds.Contains(atomId));
        foreach (var type in oracle.Audit.Select(a => a.Type).Distinct()) await ShouldAnswerAsync($"&type={type}&actor=ana", a => a.Type == type && a.Actor == "ana");
    }

    /// <summary>A line for each Process that holds a connection on an Atom; of those that share one, the first by name counts.</summary>
    private static async Task CompareReportAsync(TestAccount account, AccountPicture oracle)
    {
        var counted = from pool in oracle.Pools
                      from connection in pool.Connections
                      let first = connection.ProcessIds.OrderBy(id => oracle.Processes[id].Name.ToLowerInvariant(), StringComparer.Ordinal).ThenBy(id => id).First()
                      from processId in connection.ProcessIds
                      select Text(connection, processId, processId == first ? "counted" : "shared");
        var exempt = from connection in oracle.Exempt from processId in connection.ProcessIds select Text(connection, processId, "exempt");

        var lines = (await account.Http.GetStringAsync(account.Address("/licences/report"), TestContext.Current.CancellationToken)).Split("\r\n")[1..^1];

        lines.Select(line => line.Split(',')).Select(f => Line(f[3], f[4], f[5], f[6], f[10], f[11], f[12])).Order(StringComparer.Ordinal)
            .ShouldBe(counted.Concat(exempt).Order(StringComparer.Ordinal));

        string Text(ConnectionItem c, Guid processId, string licence) =>
            Line(c.AtomId, oracle.Atoms[c.AtomId].Name, c.ComponentId, c.Name, processId, oracle.Processes[processId].Name, licence);
    }

    private static async Task<List<string>> AllAsync(TestAccount account, string path, Func<JsonElement, string> line)
    {
        var (lines, cursor) = (new List<string>(), (string?)null);
        do
        {
            var answer = await account.AskAsync(cursor is null ? path : $"{path}&cursor={cursor}");
            lines.AddRange(answer.Items().Select(line));
            cursor = answer.Text("next");
        }
        while (cursor is not null);

        return lines;
    }

    internal static string Process(ProcessItem p) => Line(
        p.ProcessId, p.Name, p.Folder, p.LatestRevision, p.CurrentVersion, p.DeployedAt, p.DeployedBy, string.Join(',', p.Atoms.Order()), p.RevisedSinceDeploy,
        string.Join(';', p.Reasons.OrderBy(r => r.ComponentId).Select(r => Line(r.Code, r.ComponentId, r.Name, r.DeployedRevision, r.LatestRevision, r.By, r.At))));

    internal static string Process(JsonElement p) => Line(
        p.Id("processId"), p.Text("name"), p.Text("folder"), p.Number("latestRevision"), p.Number("currentVersion"), Time(p, "deployedAt"), p.Text("deployedBy"),
        string.Join(',', p.Items("atoms").Select(a => a.Id("atomId")).Order()), p.Flag("revisedSinceDeploy"),
        string.Join(';', p.Items("reasons").OrderBy(r => r.Id("componentId")).Select(r => Line(
            r.Text("code"), r.Id("componentId"), r.Text("name"), r.Number("deployedRevision"), r.Number("latestRevision"), r.Text("by"), Time(r, "at")))));

    private static string Version(JsonElement v) => Line(
        v.Number("versionNumber"), Time(v, "deployedAt"), v.Text("deployedBy"), v.Text("note"), v.Number("redeployOf"), v.Number("identicalTo"), v.Flag("current"), v.Text("digest"),
        string.Join(';', v.Items("manifest").Select(m => Line(m.Id("componentId"), m.Text("componentType"), m.Text("name"), m.Number("revision")))),
        string.Join(',', v.Items("targets").SelectMany(target => target.Items("atomIds")).Select(id => id.GetGuid())), v.Text("label"), v.TryGetProperty("withdrawn", out _));

    private static string Entry(JsonElement a) => Line(
        a.GetProperty("position").GetInt64(), Time(a, "time"), a.Text("actor"), a.Text("type"), a.Text("componentId"));

    private static string Deployment(JsonElement d) => Line(
        d.Id("processId"), d.Text("name"), d.Number("versionNumber"), Time(d, "since"), d.Text("deployedBy"), d.Text("note"), d.Flag("revisedSinceDeploy"));

    private static string Pool(JsonElement p) => Line(
        p.Text("class"), p.Text("classification"), p.Number("purchased"), p.Number("used"), p.Number("available"), p.Flag("overDeployed"),
        string.Join(';', p.Items("connections").OrderBy(c => (c.Id("componentId"), c.Id("atomId"))).Select(c => Line(
            c.Id("componentId"), c.Text("name"), c.Id("atomId"), string.Join(',', c.Items("processIds").Select(id => id.GetGuid()))))));

    private static DateTimeOffset? Time(JsonElement element, string name) => element.TryGetProperty(name, out var time) ? time.GetDateTimeOffset() : null;

    private static string Line(params object?[] values) => string.Join('|', values.Select(value => value is DateTimeOffset time ? time.ToUniversalTime().ToString("O") : $"{value}"));
}
