using System.Text.Json;

namespace ProcessDeployment.Engine.Tests.CommandLine;

public sealed class Sending_a_file
{
    private readonly CommandLineCall _call = new();

    [Fact]
    public async Task sends_the_lines_as_they_are_and_counts_what_became_of_them()
    {
        _call.Input = "\uFEFF{\"a\": 1}\r\n\n  {\"b\": 2}\n{\"c\": 3}";
        _call.Engine.Answers("POST commands", $"[{Outcome("accepted")},{Outcome("unchanged")},{Outcome("refused")}]");

        (await _call.RunAsync("send", "-")).ShouldBe(1);

        _call.Engine.Sent.ShouldBe(["[{\"a\": 1},\n{\"b\": 2},\n{\"c\": 3}]"]);
        _call.Out.ShouldContain("1 accepted, 1 unchanged, 1 refused, 0 malformed");
        _call.Error.ShouldContain("Line 4: Refused (unknown-process): There is no Process.");
    }

    [Fact]
    public async Task names_the_lines_that_are_no_json_and_sends_the_others()
    {
        _call.Input = "{\"a\": 1}\n{\"a\": \n[1]\n{} {}\n";
        _call.Engine.Answers("POST commands", $"[{Outcome("accepted")}]");

        (await _call.RunAsync("send", "-")).ShouldBe(1);

        _call.Engine.Sent.ShouldBe(["[{\"a\": 1}]"]);
        _call.Error.ShouldContain("Line 2 is malformed: is not JSON");
        _call.Error.ShouldContain("Line 3 is malformed: must be a JSON object");
        _call.Error.ShouldContain("Line 4 is malformed: is not JSON");
    }

    [Fact]
    public async Task names_the_members_the_engine_finds_wrong_and_ends_with_2_when_nothing_was_right()
    {
        _call.Input = "{}\n";
        _call.Engine.Answers("POST commands", """[{"status":"malformed","errors":[{"member":"id","rule":"is required"}]}]""");

        (await _call.RunAsync("send", "-")).ShouldBe(2);

        _call.Error.ShouldContain("Line 1 is malformed: id is required");
    }

    [Fact]
    public async Task prints_an_outcome_a_line_with_json()
    {
        _call.Input = "{}\n{}\n";
        _call.Engine.Answers("POST commands", $"[{Outcome("accepted")},{Outcome("accepted")}]");

        (await _call.RunAsync("send", "-", "--json")).ShouldBe(0);

        _call.Out.Trim().Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public async Task prints_lines_that_cannot_be_sent_in_their_place_with_json()
    {
        _call.Input = "{}\nno JSON\n{}\n[]\n";
        _call.Engine.Answers("POST commands", $"[{Outcome("accepted")},{Outcome("unchanged")}]");

        (await _call.RunAsync("send", "-", "--json")).ShouldBe(1);

        var lines = _call.Out.Trim().Split('\n').Select(line => JsonElement.Parse(line)).ToList();
        lines.Select(line => line.GetProperty("status").GetString()).ShouldBe(["accepted", "malformed", "unchanged", "malformed"]);
        lines[3].GetProperty("errors").ToString().ShouldBe("""[{"member":"line 4","rule":"must be a JSON object, a CloudEvent"}]""");
    }

    [Fact]
    public async Task of_which_no_line_is_json_asks_nobody()
    {
        _call.Input = "no JSON\n";

        (await _call.RunAsync("send", "-")).ShouldBe(2);

        _call.Engine.Asked.ShouldBeEmpty();
        _call.Error.ShouldContain("Line 1 is malformed");
    }

    [Fact]
    public async Task for_an_account_puts_it_into_the_lines_that_lack_it()
    {
        _call.Input = """
            {"id":1, "data": { "name": "Größe", "data": {"accountId": "inner"}}, "x":2}
            {"data":{}}
            {"data":{"name":"n","accountId":"acme"}}
            {"id":5}
            """;
        _call.Engine.Answers("POST commands", $"[{string.Join(',', Enumerable.Repeat(Outcome("accepted"), 4))}]");

        (await _call.RunAsync("send", "-", "--account", "acme")).ShouldBe(0);

        _call.Engine.Sent.ShouldHaveSingleItem().ShouldBe(
            """
            [{"id":1, "data": {"accountId":"acme", "name": "Größe", "data": {"accountId": "inner"}}, "x":2},
            {"data":{"accountId":"acme"}},
            {"data":{"name":"n","accountId":"acme"}},
            {"id":5}]
            """, StringCompareShould.IgnoreLineEndings);
    }

    [Fact]
    public async Task for_an_account_does_not_send_lines_that_name_another()
    {
        _call.Input = "{\"data\":{\"accountId\":\"local\"}}\n{\"data\":{\"accountId\":null}}\n";

        (await _call.RunAsync("send", "-", "--account", "acme")).ShouldBe(2);

        _call.Engine.Sent.ShouldBeEmpty();
        _call.Error.ShouldContain("Line 1 is malformed: data.accountId must be acme, as --account says");
        _call.Error.ShouldContain("Line 2 is malformed");
    }

    [Fact]
    public async Task sends_long_files_in_batches()
    {
        _call.Input = string.Concat(Enumerable.Repeat("{}\n", 450));
        foreach (var count in new[] { 200, 200, 50 }) _call.Engine.Answers("POST commands", $"[{string.Join(',', Enumerable.Repeat(Outcome("accepted"), count))}]");

        (await _call.RunAsync("send", "-")).ShouldBe(0);

        _call.Out.ShouldContain("450 accepted");
    }

    [Fact]
    public async Task says_that_a_file_is_not_there()
    {
        (await _call.RunAsync("send", "/no/such/file.jsonl")).ShouldBe(2);

        _call.Error.ShouldContain("/no/such/file.jsonl cannot be read");
    }

    private static string Outcome(string status) =>
        $$"""{"commandId":"aaaaaaaa-0000-4000-8000-000000000009","status":"{{status}}","replayed":false,"position":12,"events":[],"warnings":[]{{(status == "refused" ? ""","refusal":{"code":"unknown-process","message":"There is no Process."}""" : "")}}}""";
}
