using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProcessDeployment.AtomAgent;

/// <summary>Talks HTTP to the engine, and says of everything that goes wrong whether trying again helps.</summary>
internal sealed class EngineClient : IDisposable
{
    /// <summary>How long an engine may be silent: its heart beats three times meanwhile.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    /// <summary>Nothing is escaped that need not be: the engine counts bytes, and six for a letter are too many.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly AgentOptions _options;
    private readonly TokenFile _token;
    private readonly HttpClient _http;

    public EngineClient(AgentOptions options, TokenFile token)
    {
        (_options, _token) = (options, token);
        // Redirects are not followed: the token is for this engine.
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            BaseAddress = new($"{options.Engine.AbsoluteUri.TrimEnd('/')}/api/v1/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Null when it is what the tag says.</summary>
    public async Task<(DesiredState? State, string? Tag)> DesiredAsync(string? tag, long atLeast, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address($"atoms/{_options.AtomId}/desired{(atLeast > 0 ? $"?atLeast={atLeast}" : "")}"));
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation, HttpStatusCode.NotModified);
        if (response.StatusCode == HttpStatusCode.NotModified) return (null, tag);
        return (await ReadAsync<DesiredState>(response, cancellation), response.Headers.ETag?.ToString());
    }

    /// <summary>The stream of what happens; whoever reads it disposes it.</summary>
    public Task<HttpResponseMessage> ChangesAsync(CancellationToken cancellation) =>
        SendAsync(new(HttpMethod.Get, Address($"atoms/{_options.AtomId}/changes")), HttpCompletionOption.ResponseHeadersRead, cancellation);

    /// <summary>A bundle from a byte on; the answer says whether it begins there. 416 when there is nothing more.</summary>
    public async Task<HttpResponseMessage> BundleAsync(string digest, long from, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address($"bundles/{digest}"));
        if (from > 0)
        {
            request.Headers.Range = new(from, null);
            request.Headers.IfRange = new(new EntityTagHeaderValue($"\"{digest}\""));
        }

        return await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation, HttpStatusCode.RequestedRangeNotSatisfiable);
    }

    public async Task<Envelope> SignatureAsync(string digest, CancellationToken cancellation)
    {
        using var response = await SendAsync(new(HttpMethod.Get, Address($"bundles/{digest}/signature")), HttpCompletionOption.ResponseContentRead, cancellation);
        return await ReadAsync<Envelope>(response, cancellation);
    }

    /// <summary>All that the Atom was asked to run and has not ended; the position is that of the first page, which the others are not before.</summary>
    public async Task<AskedRuns> ExecutionsAsync(long atLeast, CancellationToken cancellation)
    {
        var (items, cursor, position) = (new List<AskedRun>(), (string?)"", (long?)null);
        do
        {
            using var response = await SendAsync(new(HttpMethod.Get, Address($"atoms/{_options.AtomId}/executions?take=500&atLeast={atLeast}{cursor}")), HttpCompletionOption.ResponseContentRead, cancellation);
            var page = await ReadAsync<AskedRuns>(response, cancellation);
            items.AddRange(page.Items);
            position ??= page.Position;
            cursor = page.Next is null ? null : $"&cursor={page.Next}";
        }
        while (cursor is not null);
        return new(items, null, position.Value);
    }

    /// <summary>What extensions are set to for a run.</summary>
    public async Task<IReadOnlyList<RunValue>> ExtensionsAsync(Guid executionId, CancellationToken cancellation)
    {
        using var response = await SendAsync(new(HttpMethod.Get, Address($"atoms/{_options.AtomId}/executions/{executionId}/extensions")), HttpCompletionOption.ResponseContentRead, cancellation);
        return (await ReadAsync<RunExtensions>(response, cancellation)).Items;
    }

    /// <summary>Sends a command. With the same id it takes effect once, however often it is sent.</summary>
    public async Task<ReportOutcome> SendAsync(Guid commandId, string type, object data, CancellationToken cancellation)
    {
        var command = new { specversion = "1.0", id = commandId, source = $"//atom/{_options.AtomId}", type, datacontenttype = "application/json", data };
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("commands"))
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(command, Json))
            {
                Headers = { ContentType = new("application/cloudevents+json") },
            },
        };
        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation, HttpStatusCode.Conflict);
        return await ReadAsync<ReportOutcome>(response, cancellation);
    }

    /// <summary>How many bytes a text takes in a command.</summary>
    public static int BytesOf(string text) => JsonSerializer.SerializeToUtf8Bytes(text, Json).Length;

    public void Dispose() => _http.Dispose();

    private static Uri Address(string path) => new(path, UriKind.Relative);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption until, CancellationToken cancellation, params HttpStatusCode[] also)
    {
        var token = _token.Read();
        request.Headers.Authorization = new("Bearer", token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Silence);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, until, patience.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new EngineTroubleException($"{_options.Engine} does not answer: {e.Message}", inner: e);
        }

        if (response.IsSuccessStatusCode || also.Contains(response.StatusCode)) return response;
        using (response) throw await ProblemAsync(response, token, cancellation);
    }

    private async Task<Exception> ProblemAsync(HttpResponseMessage response, string token, CancellationToken cancellation)
    {
        var problem = await EngineProblem.ReadAsync(response, cancellation);
        if (response.StatusCode != HttpStatusCode.Unauthorized) return problem.Exception(response.StatusCode, response.Headers.RetryAfter?.Delta);
        _token.Refuse(token, problem.Said);
        return new TokenRefusedException(problem.Said);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsByteArrayAsync(cancellation);
        try
        {
            return JsonSerializer.Deserialize<T>(text, Json) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new EngineTroubleException($"The engine answered something that cannot be read: {Encoding.UTF8.GetString(text.AsSpan(0, Math.Min(text.Length, 100)))}", inner: e);
        }
    }
}
