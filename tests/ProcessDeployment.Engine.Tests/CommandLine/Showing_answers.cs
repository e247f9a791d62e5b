using ProcessDeployment.Engine.CommandLine;

namespace ProcessDeployment.Engine.Tests.CommandLine;

public sealed class Showing_answers
{
    private readonly CommandLineCall _call = new();

    [Fact]
    public async Task lists_processes_with_why_they_were_revised()
    {
        _call.Engine.Answers("GET processes?revised=true&folder=Shop&take=100", """
            {"items":[{"processId":"aaaaaaaa-0000-4000-8000-000000000001","name":"Process [Orders]","folder":"Shop","latestRevision":4,"currentVersion":3,"deployedAt":"2026-11-02T08:00:00Z",
             "deployedBy":"kim","atoms":[{"atomId":"x","name":"Berlin"},{"atomId":"y","name":"Chicago"}],"revisedSinceDeploy":true,
             "reasons":[{"code":"Revised","name":"Write Order","deployedRevision":2,"latestRevision":3},{"code":"RolledBack","name":"Map","deployedRevision":1,"latestRevision":5},{"code":"ComponentDeleted","name":"Script"}]}],
             "next":null,"position":40}
            """);

        (await _call.RunAsync("processes", "--revised", "--folder", "Shop")).ShouldBe(0);

        var shown = string.Join(' ', _call.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        shown.ShouldContain("Process [Orders]");
        shown.ShouldContain("Berlin +1");
        _call.Out.Split('\n').ShouldAllBe(line => line.TrimEnd().Length <= 100);
        shown.ShouldContain("2 more");
    }

    [Fact]
    public async Task reads_on_until_it_has_as_many_items_as_were_asked_for()
    {
        _call.Engine.Answers("GET atoms?take=3&cursor=abc", """{"items":[{"name":"Chicago"}],"next":"def","position":4}""");
        _call.Engine.Answers("GET atoms?take=4", """{"items":[{"name":"Berlin"}],"next":"abc","position":4}""");
        _call.Engine.Answers("GET atoms?take=2&cursor=def", """{"items":[{"name":"Leeds"},{"name":"Rotterdam"}],"next":"ghi","position":4}""");

        (await _call.RunAsync("atoms", "--take", "4")).ShouldBe(0);

        foreach (var name in new[] { "Berlin", "Chicago", "Leeds", "Rotterdam" }) _call.Out.ShouldContain(name);
        _call.Error.ShouldContain("--cursor ghi");
    }

    [Fact]
    public async Task shows_pools_that_are_not_audited_and_those_that_are_exceeded()
    {
        _call.Engine.Answers("GET licences", """
            {"mode":"strict","overDeployed":true,"pools":[{"class":"standard","classification":"PROD","purchased":2,"used":3,"available":-1,"overDeployed":true,"connections":[]},
                      {"class":"enterprise","classification":"PROD","purchased":null,"used":0,"available":null,"overDeployed":false,"connections":[]}],"position":3}
            """);

        (await _call.RunAsync("licences")).ShouldBe(0);

        _call.Out.ShouldContain("-1 (over-deployed)");
        _call.Out.ShouldContain("not audited");
    }

    [Fact]
    public async Task compares_the_current_version_with_the_latest_revisions_unless_told_otherwise()
    {
        const string Id = "aaaaaaaa-0000-4000-8000-000000000001";
        _call.Engine.Answers($"GET processes/{Id}/diff?from=3&to=latest", """{"from":"3","to":"latest","components":[],"unchanged":4,"missing":[],"position":3}""");
        _call.Engine.Answers($"GET processes/{Id}", """{"currentVersion":3}""");

        (await _call.RunAsync("diff", Id)).ShouldBe(0);

        _call.Out.ShouldContain("From version 3 to the latest revisions: 4 components are the same.");
    }

    [Fact]
    public async Task asks_everything_about_the_moment_that_was_given()
    {
        const string Id = "aaaaaaaa-0000-4000-8000-000000000001";
        _call.Engine.Answers("GET processes?text=Orders&take=500&asOf=2026-11-01", $$"""{"items":[{"processId":"{{Id}}","name":"Orders"}],"next":null,"position":17,"asOfPosition":17}""");
        _call.Engine.Answers($"GET processes/{Id}?asOf=2026-11-01", """{"name":"Orders","latestRevision":2,"position":17,"asOfPosition":17,"sealed":true}""");

        (await _call.RunAsync("process", "Orders", "--as-of", "2026-11-01")).ShouldBe(0);

        _call.Error.ShouldContain("As of position 17, which a checkpoint of the ledger covers");
    }

    [Fact]
    public async Task offers_no_moment_where_something_is_done()
    {
        (await _call.RunAsync("register-atom", "Berlin", "--as-of", "17")).ShouldBe(ExitCodes.Malformed);

        _call.Engine.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task steps_through_a_history_with_what_changed_the_bold_flag()
    {
        const string Id = "aaaaaaaa-0000-4000-8000-000000000001";
        _call.Engine.Answers($"GET processes/{Id}/replay?take=100", """
            {"items":[{"event":{"position":9,"time":"2026-11-02T08:00:00Z","actor":"kim","name":"Write Order","summary":"saved as revision 2"},
              "before":{"latestRevision":1,"currentVersion":1,"atoms":[{"name":"Berlin"}],"revisedSinceDeploy":false},"after":{"latestRevision":1,"currentVersion":1,"atoms":[{"name":"Berlin"}],"revisedSinceDeploy":true},
              "boldChanged":true,"appeared":[{"code":"Revised","name":"Write Order","deployedRevision":1,"latestRevision":2}],"gone":[]}],"next":null,"position":9}
            """);

        (await _call.RunAsync("audit", "replay", Id)).ShouldBe(0);

        _call.Out.ShouldContain("kim  Write Order saved as revision 2");
        _call.Out.ShouldContain("revision 1, version 1 on Berlin, plain  →  revision 1, version 1 on Berlin, bold");
        _call.Out.ShouldContain("+ Write Order was revised (1 → 2)");
    }

    [Fact]
    public async Task shows_what_differs_between_two_moments()
    {
        _call.Engine.Answers("GET audit/diff?from=1&to=9&take=100", """
            {"fromPosition":1,"toPosition":9,"items":[
              {"kind":"atom","id":"x","name":"Berlin","before":null,"after":{"name":"Berlin"},"differs":["name"]},
              {"kind":"process","id":"y","name":"Orders","before":{"atoms":[],"currentVersion":1},"after":{"atoms":[{"name":"Berlin"}],"currentVersion":2},"differs":["atoms","currentVersion"]}],
             "next":null,"position":9,"asOfPosition":9}
            """);

        (await _call.RunAsync("audit", "diff", "--from", "1", "--to", "9")).ShouldBe(0);

        foreach (var line in new[] { "atom Berlin: new", "process Orders: changed", "atoms: none → Berlin", "currentVersion: 1 → 2" }) _call.Out.ShouldContain(line);
    }
}
