using System.Text.Json;

namespace ProcessDeployment.Engine.Tests.CommandLine;

public sealed class Sending_commands_by_verb
{
    private const string Process = "aaaaaaaa-0000-4000-8000-000000000001";
    private const string Berlin = "aaaaaaaa-0000-4000-8000-000000000002";
    private readonly CommandLineCall _call = new();

    public Sending_commands_by_verb()
    {
        _call.Engine.Answers("GET processes?text=Orders", $$"""{"items":[{"processId":"{{Process}}","name":"Orders","folder":"Shop"},{"processId":"{{Berlin}}","name":"Orders Archive"}],"next":null,"position":9}""");
        _call.Engine.Answers("GET processes?text=Twice", $$"""{"items":[{"processId":"{{Process}}","name":"Twice","folder":"A"},{"processId":"{{Berlin}}","name":"Twice","folder":"B"}],"next":null,"position":9}""");
        _call.Engine.Answers("GET processes?text=Order&", $$"""{"items":[{"processId":"{{Process}}","name":"Orders"}],"next":null,"position":9}""");
        _call.Engine.Answers("GET atoms?text=berlin", $$"""{"items":[{"atomId":"{{Berlin}}","name":"Berlin"}],"next":null,"position":9}""");
    }

    [Fact]
    public async Task finds_processes_and_atoms_by_name()
    {
        _call.Engine.Answers("POST commands", Outcome("accepted"));

        (await _call.RunAsync("attach", "Orders", "berlin", "--reason", "go-live")).ShouldBe(0);

        var sent = JsonDocument.Parse(_call.Engine.Sent.ShouldHaveSingleItem()).RootElement;
        sent.GetProperty("type").GetString().ShouldBe("processdeployment.attach-atoms.v1");
        sent.GetProperty("data").GetRawText().ShouldBe($$"""{"processId":"{{Process}}","atomIds":["{{Berlin}}"],"reason":"go-live"}""");
        _call.Out.ShouldContain("Orders is attached to berlin (position 12)");
    }

    [Fact]
    public async Task takes_ids_as_they_are_and_sends_under_the_id_that_was_given()
    {
        _call.Engine.Answers("POST commands", Outcome("accepted", replayed: true));

        (await _call.RunAsync("redeploy", Process, "4", "--id", Berlin, "--account", "acme")).ShouldBe(0);

        _call.Engine.Asked[0].ShouldBe("POST commands");
        _call.Engine.Sent[0].ShouldContain($"\"id\":\"{Berlin}\"");
        _call.Engine.Sent[0].ShouldContain("\"accountId\":\"acme\"");
        _call.Out.ShouldContain("done before");
    }

    [Fact]
    public async Task deploys_in_one_step_what_is_bold_because_of_a_component()
    {
        _call.Engine.Answers($"GET components/{Berlin}/impact", $$"""
            {"items":[
              {"processId":"{{Process}}","name":"Orders","currentVersion":3,"reasons":[{"code":"Revised","componentId":"{{Berlin}}"}]},
              {"processId":"0193a000-0000-7000-8000-0000000000aa","name":"Up to date","currentVersion":1,"reasons":[]},
              {"processId":"0193a000-0000-7000-8000-0000000000bb","name":"Set back","currentVersion":4,"reasons":[{"code":"RolledBack","componentId":"{{Berlin}}"}]}],"next":null,"position":7}
            """);
        _call.Engine.Answers("POST commands", Outcome("accepted"));

        (await _call.RunAsync("deploy", "--bold-because-of", Berlin, "--json")).ShouldBe(0);

        _call.Engine.Sent[0].ShouldContain($"\"processId\":\"{Process}\"");
        _call.Error.ShouldContain("set back to an older version: Set back");
        (await _call.RunAsync("deploy")).ShouldBe(2);
        (await _call.RunAsync("deploy", "--bold-because-of", Berlin, "--only-if-changed")).ShouldBe(2);
        (await _call.RunAsync("versions", Process, "3", "--rehearse")).ShouldBe(2);
    }

    [Fact]
    public async Task with_preview_shows_what_it_would_do_and_sends_nothing()
    {
        _call.Engine.Answers("POST preview", $$"""
            {"position":11,"outcome":{"commandId":"{{Berlin}}","status":"refused","replayed":false,"position":12,"events":[],"warnings":[],
             "refusal":{"code":"licence-exceeded","message":"Not enough connection licences."} },
             "licences":{"mode":"strict","pools":[{"class":"standard","classification":"PROD","purchased":3,"usedBefore":3,"usedAfter":5,"availableAfter":-2}],
             "netNew":[{"componentId":"{{Process}}","name":"Shop database","atomId":"{{Berlin}}","atomName":"berlin"}],"freed":[]},
             "downloads":[],"suspended":[],"parents":[]}
            """);

        (await _call.RunAsync("redeploy", Process, "4", "--preview")).ShouldBe(1);

        _call.Engine.Asked.ShouldBe(["POST preview"]);
        _call.Out.ShouldContain("-2");
        _call.Out.ShouldContain("New there: Shop database on berlin");
        _call.Error.ShouldContain("Would be refused (licence-exceeded)");
    }

    [Fact]
    public async Task names_the_candidates_where_a_name_is_not_enough()
    {
        (await _call.RunAsync("deploy", "Twice")).ShouldBe(1);

        _call.Error.ShouldContain($"{Process}  Twice  in A");
        _call.Error.ShouldContain($"{Berlin}  Twice  in B");
        _call.Engine.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task names_what_comes_near_where_nothing_is_called_so()
    {
        (await _call.RunAsync("deploy", "Order")).ShouldBe(1);

        _call.Error.ShouldContain("No Process is called Order");
        _call.Error.ShouldContain($"{Process}  Orders");
    }

    [Fact]
    public async Task explains_a_refusal_with_the_way_out_and_ends_with_1()
    {
        _call.Engine.Answers("POST commands", """
            {"commandId":"aaaaaaaa-0000-4000-8000-000000000009","status":"refused","replayed":false,"position":13,"events":[],"warnings":[],
             "refusal":{"code":"licence-exceeded","message":"Not enough connection licences. Enterprise: 1 needed, 0 available."}}
            """, 409);

        (await _call.RunAsync("deploy", Process)).ShouldBe(1);

        _call.Error.ShouldContain("Refused (licence-exceeded): Not enough connection licences. Enterprise: 1 needed");
        _call.Error.ShouldContain("set-licences");
    }

    [Fact]
    public async Task says_when_there_was_nothing_to_do()
    {
        _call.Engine.Answers("POST commands", Outcome("unchanged"));

        (await _call.RunAsync("detach", Process, Berlin)).ShouldBe(0);

        _call.Out.ShouldContain("Nothing to do");
    }

    private static string Outcome(string status, bool replayed = false) =>
        $$"""{"commandId":"aaaaaaaa-0000-4000-8000-000000000009","status":"{{status}}","replayed":{{(replayed ? "true" : "false")}},"position":12,"events":[],"warnings":[]}""";
}
