using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ProcessDeployment.Engine.Tests.Http;

public sealed class Posting_a_command(EngineFixture engine)
{
    [Theory]
    [InlineData("application/cloudevents+json")]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/CloudEvents+JSON;charset=\"UTF-8\"")]
    public async Task answers_with_its_outcome(string contentType)
    {
        var account = await engine.NewAccountAsync();

        var (status, body) = await account.PostAsync(Texts.RegisterAtom(), contentType);

        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("status").GetString().ShouldBe("accepted");
        body.GetProperty("position").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task again_answers_with_the_first_outcome()
    {
        var account = await engine.NewAccountAsync();
        var command = Texts.RegisterAtom();
        await account.PostAsync(command);

        var (status, body) = await account.PostAsync(command);

        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("replayed").GetBoolean().ShouldBeTrue();
        body.GetProperty("position").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task that_is_refused_answers_409_with_the_outcome()
    {
        var account = await engine.NewAccountAsync();
        var atom = Guid.CreateVersion7();
        await account.PostAsync(Texts.RegisterAtom(atom));

        var (status, body) = await account.PostAsync(Texts.RegisterAtom(atom, "Another"));

        status.ShouldBe(HttpStatusCode.Conflict);
        body.GetProperty("refusal").GetProperty("code").GetString().ShouldBe("atom-exists");
    }

    [Fact]
    public async Task for_another_account_than_that_of_the_credentials_is_malformed()
    {
        var account = await engine.NewAccountAsync();

        var (status, body) = await account.PostAsync(Texts.Command("register-atom", $$"""{"accountId":"other","atomId":"{{Guid.CreateVersion7()}}","name":"A"}"""));

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("errors")[0].GetProperty("member").GetString().ShouldBe("data.accountId");
    }

    [Fact]
    public async Task by_somebody_else_than_the_credentials_say_is_malformed()
    {
        var account = await engine.NewAccountAsync();

        var (status, body) = await account.PostAsync(Texts.Command("register-atom", $$"""{"actor":"eve@example.com","atomId":"{{Guid.CreateVersion7()}}","name":"A"}"""));

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("errors")[0].GetProperty("member").GetString().ShouldBe("data.actor");
    }

    [Theory]
    [InlineData("{", "body")]
    [InlineData("", "body")]
    [InlineData("\"text\"", "body")]
    [InlineData("""{"specversion":"1.0","id":"'; drop table x","source":"//t","type":"processdeployment.register-atom.v1","data":{"atomId":"0193c000-0000-7000-8000-0000000000a1","name":"A"}}""", "id")]
    [InlineData("""{"specversion":"1.0","id":"0193c000-0000-7000-8000-0000000000a1","source":"//t","type":"processdeployment.register-atom.v1","data":{"atomId":"0193c000-0000-7000-8000-0000000000a1","name":"\u0000"}}""", "data.name")]
    [InlineData("""{"specversion":"1.0","id":"0193c000-0000-7000-8000-0000000000a1","source":"//t","type":"processdeployment.register-atom.v1","data":{"atomId":"0193c000-0000-7000-8000-0000000000a1","name":"\ud800"}}""", "data.name")]
    [InlineData("""{"specversion":"1.0","id":"0193c000-0000-7000-8000-0000000000a1","source":"//t","type":"processdeployment.fly.v1","data":{}}""", "type")]
    public async Task that_is_malformed_names_the_member(string text, string member)
    {
        var account = await engine.NewAccountAsync();

        var (status, body) = await account.PostAsync(text);

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("member").GetString()).ShouldContain(member);
        (await account.ScalarAsync<long>("select count(*) from process_deployment.command_outcome where account_id = $1")).ShouldBe(0);
    }

    [Fact]
    public async Task nested_ten_thousand_deep_is_malformed()
    {
        var account = await engine.NewAccountAsync();

        var (status, _) = await account.PostAsync(Texts.Command("register-atom", new string('[', 10_000)));

        status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    public async Task as_anything_but_JSON_is_unsupported(string contentType)
    {
        var account = await engine.NewAccountAsync();

        var (status, body) = await account.PostAsync(Texts.RegisterAtom(), contentType);

        status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        body.GetProperty("code").GetString().ShouldBe("unsupported-content-type");
    }

    [Fact]
    public async Task compressed_is_unsupported()
    {
        var account = await engine.NewAccountAsync();
        using var content = new ByteArrayContent("xx"u8.ToArray()) { Headers = { ContentType = new("application/json"), ContentEncoding = { "gzip" } } };

        using var response = await account.Http.PostAsync(new Uri("/api/v1/commands", UriKind.Relative), content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task with_four_megabytes_of_content_is_accepted()
    {
        var account = await engine.NewAccountAsync();
        // Quotes double when they are escaped, so the body is twice as long as the content it carries.
        var content = new string('"', 4 * 1024 * 1024);

        var (status, body) = await account.PostAsync(Texts.SaveProcess(content));

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
    }

    [Fact]
    public async Task with_more_content_than_that_is_too_large()
    {
        var account = await engine.NewAccountAsync();

        var (status, body) = await account.PostAsync(Texts.SaveProcess(new string('x', (4 * 1024 * 1024) + 1)));

        status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        body.GetProperty("errors")[0].GetProperty("member").GetString().ShouldBe("data.content");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task of_a_hundred_megabytes_is_turned_away_before_it_is_read(bool announced)
    {
        var account = await engine.NewAccountAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var content = new EndlessContent(100 * 1024 * 1024, announced);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/commands") { Content = content, Headers = { ExpectContinue = true } };

        // Whoever goes on sending after the answer may find the connection closed before reading it.
        HttpResponseMessage? response = null;
        var cut = await Record.ExceptionAsync(async () => response = await account.Http.SendAsync(request, TestContext.Current.CancellationToken));

        using (response) (cut is null ? response?.StatusCode : HttpStatusCode.RequestEntityTooLarge).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        if (announced) cut.ShouldBeNull();
        content.Sent.ShouldBeLessThan(60 * 1024 * 1024);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(40 * 1024 * 1024);
    }

    /// <summary>Spaces, which a parser would swallow for ever.</summary>
    private sealed class EndlessContent : HttpContent
    {
        private readonly int _length;
        private readonly bool _announced;

        public EndlessContent(int length, bool announced)
        {
            (_length, _announced) = (length, announced);
            Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        }

        public int Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var piece = Encoding.ASCII.GetBytes(new string(' ', 64 * 1024));
            for (; Sent < _length; Sent += piece.Length) await stream.WriteAsync(piece);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return _announced;
        }
    }
}
