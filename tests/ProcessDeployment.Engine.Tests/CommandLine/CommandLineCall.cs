using System.Net;
using System.Net.Sockets;
using System.Text;
using ProcessDeployment.Engine.CommandLine;

namespace ProcessDeployment.Engine.Tests.CommandLine;

/// <summary>Calls the command line as a shell does, against an engine that answers what a test says.</summary>
internal sealed class CommandLineCall
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public Fake Engine { get; } = new();

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public List<string[]> Served { get; } = [];

    public string Input { get; set; } = "";

    public bool IsRunning { get; set; } = true;

    public int Started { get; private set; }

    public string? StartedFor { get; private set; }

    /// <summary>Talks to what really listens, in place of <see cref="Engine"/>.</summary>
    public bool IsReal { get; set; }

    public Task<int> RunAsync(params string[] args) => CommandLineProgram.RunAsync(
        args,
        rest =>
        {
            Served.Add(rest);
            return Task.FromResult(0);
        },
        new VerbServices
        {
            Engine = new Starter(this),
            Out = _out,
            Error = _error,
            In = () => new MemoryStream(Encoding.UTF8.GetBytes(Input)),
            UrlFromEnvironment = null,
            Http = url => new HttpClient(IsReal ? new SocketsHttpHandler() : new Handler(this, Engine)) { BaseAddress = url },
        });

    /// <summary>Answers by method and path; remembers what it was asked and sent.</summary>
    internal sealed class Fake
    {
        private readonly List<(string Start, int Status, string Body)> _answers = [];

        public List<string> Asked { get; } = [];

        public List<string> Sent { get; } = [];

        public void Answers(string start, string body, int status = 200) => _answers.Add((start, status, body));

        public (int Status, string Body) Answer(string request)
        {
            Asked.Add(request);
            var at = _answers.FindIndex(answer => request.StartsWith(answer.Start, StringComparison.Ordinal));
            if (at < 0) return (404, """{"title":"Not found","status":404,"detail":"nothing there"}""");
            var (start, status, body) = _answers[at];
            if (_answers.Count(answer => answer.Start == start) > 1) _answers.RemoveAt(at);
            return (status, body);
        }
    }

    private sealed class Handler(CommandLineCall call, Fake engine) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!call.IsRunning && call.Started == 0) throw new HttpRequestException("Connection refused", new SocketException());
            if (request.RequestUri!.AbsolutePath == "/health/live") return new(HttpStatusCode.OK);
            if (request.Content is not null) engine.Sent.Add(await request.Content.ReadAsStringAsync(cancellationToken));
            var (status, body) = engine.Answer($"{request.Method} {request.RequestUri.PathAndQuery["/api/v1/".Length..]}");
            return new((HttpStatusCode)status) { Content = new StringContent(body), Headers = { RetryAfter = new(TimeSpan.Zero) } };
        }
    }

    private sealed class Starter(CommandLineCall call) : IEngineStarter
    {
        public Task<IRunningEngine> StartAsync(string? account, CancellationToken ct)
        {
            call.Started++;
            call.StartedFor = account;
            return Task.FromResult<IRunningEngine>(new Running());
        }
    }

    private sealed class Running : IRunningEngine
    {
        public Uri Url { get; } = new("http://127.0.0.1:5999");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
