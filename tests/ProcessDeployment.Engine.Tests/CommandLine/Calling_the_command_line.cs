using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProcessDeployment.Engine.Tests.CommandLine;

public sealed class Calling_the_command_line
{
    private readonly CommandLineCall _call = new();

    [Theory]
    [InlineData(new string[0], new string[0])]
    [InlineData(new[] { "serve" }, new string[0])]
    [InlineData(new[] { "serve", "--urls", "http://localhost:5081" }, new[] { "--urls", "http://localhost:5081" })]
    [InlineData(new[] { "--urls", "http://localhost:5081" }, new[] { "--urls", "http://localhost:5081" })]
    public async Task runs_the_engine_without_a_verb_or_with_serve(string[] args, string[] forTheEngine)
    {
        (await _call.RunAsync(args)).ShouldBe(0);

        _call.Served.ShouldHaveSingleItem().ShouldBe(forTheEngine);
    }

    [Theory]
    [InlineData("proceses")]
    [InlineData("processes", "--takes", "7")]
    [InlineData("processes", "--take", "many")]
    [InlineData("processes", "--url", "nope")]
    [InlineData("deploy")]
    [InlineData("redeploy", "Orders", "four")]
    [InlineData("set-licences", "golden")]
    [InlineData("move", "Orders", "--to", "Berlin")]
    public async Task says_what_is_wrong_with_the_usage_and_ends_with_2(params string[] args)
    {
        (await _call.RunAsync(args)).ShouldBe(2);

        _call.Error.ShouldContain("--help");
        _call.Served.ShouldBeEmpty();
        _call.Engine.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task guesses_what_a_mistyped_verb_was_meant_to_be()
    {
        await _call.RunAsync("proceses");

        (_call.Out + _call.Error).ShouldContain("processes");
    }

    [Fact]
    public async Task shows_every_verb_with_a_line_and_each_with_examples()
    {
        (await _call.RunAsync("--help")).ShouldBe(0);
        var verbs = _call.Out.Split('\n').SkipWhile(line => !line.StartsWith("Commands:", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Trim().Split(' ', ',')[0]).Where(verb => verb.Length > 0).ToList();

        verbs.Count.ShouldBeGreaterThan(20);
        foreach (var verb in verbs.Except(["accounts"]))
        {
            var help = new CommandLineCall();
            (await help.RunAsync(verb, "--help")).ShouldBe(0);
            help.Out.ShouldContain("Examples:");
            help.Served.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task starts_an_engine_where_none_was_named_and_none_runs()
    {
        _call.IsRunning = false;
        _call.Engine.Answers("GET processes", """{"items":[],"next":null,"position":0}""");

        (await _call.RunAsync("processes")).ShouldBe(0);

        _call.Started.ShouldBe(1);
        _call.Error.ShouldContain("starting one for this call");
    }

    [Fact]
    public async Task ends_with_3_where_the_named_engine_does_not_run()
    {
        _call.IsRunning = false;

        (await _call.RunAsync("processes", "--url", "http://localhost:5999")).ShouldBe(3);

        _call.Started.ShouldBe(0);
        _call.Error.ShouldContain("No engine answers at http://localhost:5999/");
        _call.Error.ShouldContain("--url");
    }

    [Theory]
    [InlineData("processes")]
    [InlineData("audit")]
    [InlineData("licences", "report")]
    [InlineData("accounts", "list")]
    public async Task refuses_to_show_an_account_where_the_engine_shows_its_own(params string[] verb)
    {
        (await _call.RunAsync([.. verb, "--account", "acme"])).ShouldBe(2);

        _call.Engine.Asked.ShouldBeEmpty();
        _call.Error.ShouldContain($"--account cannot be given to {verb[^1]}: the engine at http://localhost:5080/ shows the account it serves.");
    }

    [Fact]
    public async Task shows_the_account_for_which_it_starts_an_engine()
    {
        _call.IsRunning = false;
        _call.Engine.Answers("GET processes", """{"items":[],"next":null,"position":0}""");

        (await _call.RunAsync("processes", "--account", "acme")).ShouldBe(0);

        _call.StartedFor.ShouldBe("acme");
    }

    [Theory]
    [InlineData("220 ftp.example.com ready\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0002")]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"items\":[")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<p>A router</p>")]
    public async Task ends_with_3_where_something_else_than_an_engine_listens(string says)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var talking = TalkAsync(listener, says);
        _call.IsReal = true;

        (await _call.RunAsync("processes", "--url", $"http://{listener.LocalEndpoint}")).ShouldBe(3);

        _call.Error.ShouldStartWith("Something ");
        _call.Error.ShouldContain("--url");
        _call.Error.Trim().ShouldNotContain("\n");
        _call.Out.ShouldBeEmpty();
        listener.Stop();
        await talking;
    }

    [Fact]
    public async Task prints_answers_as_they_came_with_json()
    {
        const string Body = """{"items":[{"name":"Orders"}],"next":null,"position":7}""";
        _call.Engine.Answers("GET processes", Body);

        await _call.RunAsync("processes", "--json");

        _call.Out.ShouldBe(Body + Environment.NewLine);
    }

    [Fact]
    public async Task explains_a_problem_with_member_and_rule_and_ends_with_2()
    {
        _call.Engine.Answers("GET processes", """{"title":"The question is malformed","status":400,"errors":[{"member":"take","rule":"must be a whole number from 1 to 500"}]}""", 400);

        (await _call.RunAsync("processes", "--take", "-4")).ShouldBe(2);

        _call.Error.ShouldContain("take must be a whole number from 1 to 500");
    }

    [Fact]
    public async Task asks_again_when_it_is_turned_away_for_a_moment()
    {
        _call.Engine.Answers("GET processes", """{"title":"Try again in a moment","status":503}""", 503);
        _call.Engine.Answers("GET processes", """{"items":[],"next":null,"position":0}""");

        (await _call.RunAsync("processes")).ShouldBe(0);

        _call.Engine.Asked.Count.ShouldBe(2);
    }

    /// <summary>Says the same to whoever comes, once he said something, and hangs up.</summary>
    private static async Task TalkAsync(TcpListener listener, string says)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                _ = await client.GetStream().ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false);
                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(says));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }
}
