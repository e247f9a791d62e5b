using ProcessDeployment.Engine.CommandLine;

namespace ProcessDeployment.Engine.Tests.CommandLine;

public sealed class Rebuilding
{
    private readonly CommandLineCall _call = new();

    [Fact]
    public async Task says_how_many_rows_were_held_against_the_events()
    {
        Ends("""
            "status":"completed","phase":"done","verifyOnly":false,"eventsRead":1234567,"differences":0,
            "proof":[{"accountId":"acme","position":1234567,"rows":50001,"differences":0,"tables":[{"table":"process_list","rows":50001,"differences":0,"shown":[]}]}]
            """);

        (await _call.RunAsync("rebuild", "process-list")).ShouldBe(ExitCodes.Ok);

        _call.Engine.Sent.ShouldBe(["""{"models":["process-list"],"all":false,"verifyOnly":false}"""]);
        _call.Out.ShouldContain("Rebuilt process-list from 1,234,567 events");
        _call.Out.ShouldContain("Account acme at position 1,234,567: 50,001 rows of 1 tables held against the events, none differs.");
    }

    [Fact]
    public async Task fails_when_a_row_differs_and_shows_it_by_key()
    {
        Ends("""
            "status":"completed","phase":"done","verifyOnly":true,"differences":1,
            "proof":[{"accountId":"acme","position":9,"rows":3,"differences":1,"tables":[{"table":"process_list","rows":3,"differences":1,
              "shown":[{"key":{"process_id":"p1"},"kind":"differs","members":[{"column":"name","held":"\"Forged\"","ought":"\"Orders\""}]}]}]}]
            """);

        (await _call.RunAsync("rebuild", "process-list", "--verify-only", "--tenant", "acme")).ShouldBe(ExitCodes.Refused);

        _call.Engine.Sent.ShouldBe(["""{"models":["process-list"],"all":false,"accountId":"acme","verifyOnly":true}"""]);
        _call.Out.ShouldContain("p1");
        _call.Out.ShouldContain("Forged");
    }

    [Fact]
    public async Task says_why_it_failed()
    {
        Ends("""
            "status":"failed","phase":"reading","verifyOnly":false,"failure":"The event at position 20 of account acme, in stream atom/a1, cannot be read"
            """);

        (await _call.RunAsync("rebuild", "--all")).ShouldBe(ExitCodes.Refused);

        _call.Error.ShouldContain("failed while reading: The event at position 20 of account acme, in stream atom/a1");
    }

    [Fact]
    public async Task is_refused_while_another_runs()
    {
        _call.Engine.Answers("POST rebuilds", """{"title":"A job runs already","status":409,"detail":"The rebuild j0 of process-list is reading."}""", 409);

        (await _call.RunAsync("rebuild", "--all")).ShouldBe(ExitCodes.Refused);

        _call.Error.ShouldContain("The rebuild j0 of process-list is reading.");
    }

    private void Ends(string members)
    {
        _call.Engine.Answers("POST rebuilds", """{"jobId":"j1","status":"running"}""", 202);
        _call.Engine.Answers("GET rebuilds/j1", $$"""{"jobId":"j1","models":["process-list"],{{members}}}""");
    }
}
