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
}
