using System.Text.Json;

namespace ProcessDeployment.Engine.Tests.CommandLine;

public sealed class Using_environments_by_verb
{
    private const string Process = "aaaaaaaa-0000-4000-8000-000000000001";
    private const string Atom = "aaaaaaaa-0000-4000-8000-000000000002";
    private const string Production = "aaaaaaaa-0000-4000-8000-000000000003";
    private readonly CommandLineCall _call = new();

    public Using_environments_by_verb()
    {
        _call.Engine.Answers("GET environments", $$"""
            {"enabled":true,"items":[
              {"environmentId":"aaaaaaaa-0000-4000-8000-000000000004","name":"Test","classification":"TEST","order":0,"atoms":[],"processes":[]},
              {"environmentId":"{{Production}}","name":"Production","classification":"PROD","order":1,"atoms":[{"atomId":"{{Atom}}","name":"Berlin"}],
               "processes":[{"processId":"{{Process}}","name":"Orders","versionNumber":4},{"processId":"{{Atom}}","name":"Invoices","versionNumber":null}]}],"next":null,"position":9}
            """);
        _call.Engine.Answers("POST commands", """{"commandId":"aaaaaaaa-0000-4000-8000-000000000009","status":"accepted","replayed":false,"position":12,"events":[],"warnings":[]}""");
    }

    [Fact]
    public async Task lists_what_runs_where_at_which_version()
    {
        (await _call.RunAsync("environments")).ShouldBe(0);

        _call.Out.ShouldContain("Orders 4, Invoices");
        _call.Out.ShouldNotContain("Environments are off");
    }

    [Theory]
    [InlineData("promote-version.v1", $$"""{"processId":"{{Process}}","targetVersion":4,"environmentId":"{{Production}}","note":"tested"}""", "promote", Process, "4", "production", "--note", "tested")]
    [InlineData("deploy-process.v1", $$"""{"processId":"{{Process}}","environmentId":"{{Production}}"}""", "deploy", Process, "--environment", "Production")]
    [InlineData("redeploy-version.v1", $$"""{"processId":"{{Process}}","targetVersion":2,"environmentId":"{{Production}}"}""", "redeploy", Process, "2", "--environment", "Production")]
    [InlineData("attach-atom-to-environment.v1", $$"""{"environmentId":"{{Production}}","atomId":"{{Atom}}"}""", "place", "Production", "--atom", Atom)]
    [InlineData("detach-atom-from-environment.v1", $$"""{"environmentId":"{{Production}}","atomId":"{{Atom}}"}""", "place", "Production", "--atom", Atom, "--out")]
    [InlineData("attach-process-to-environment.v1", $$"""{"environmentId":"{{Production}}","processId":"{{Process}}"}""", "place", "Production", "--process", Process)]
    [InlineData("detach-process-from-environment.v1", $$"""{"environmentId":"{{Production}}","processId":"{{Process}}"}""", "place", "Production", "--process", Process, "--out")]
    [InlineData("set-environments.v1", """{"enabled":true}""", "environments", "on")]
    [InlineData("set-environments.v1", """{"enabled":false}""", "environments", "off")]
    public async Task sends_the_command_for_it(string type, string data, params string[] arguments)
    {
        (await _call.RunAsync([.. arguments, "--json"])).ShouldBe(0, _call.Error);

        var sent = JsonDocument.Parse(_call.Engine.Sent.ShouldHaveSingleItem()).RootElement;
        sent.GetProperty("type").GetString().ShouldBe("processdeployment." + type);
        sent.GetProperty("data").GetRawText().ShouldBe(data);
    }

    [Fact]
    public async Task says_which_environments_come_near()
    {
        (await _call.RunAsync("promote", Process, "4", "Prod")).ShouldBe(1);

        _call.Error.ShouldContain("No environment is called Prod.");
        _call.Error.ShouldContain($"{Production}  Production");
        (await _call.RunAsync("place", "Production")).ShouldBe(2);
        (await _call.RunAsync("place", "Production", "--atom", Atom, "--process", Process)).ShouldBe(2);
    }

    [Fact]
    public async Task makes_one_for_a_class()
    {
        (await _call.RunAsync("create-environment", "Production", "prod", "--order", "1")).ShouldBe(0, _call.Error);

        _call.Engine.Sent[0].ShouldContain("\"name\":\"Production\",\"classification\":\"PROD\",\"order\":1");
        (await _call.RunAsync("create-environment", "Production", "staging")).ShouldBe(2);
    }
}
