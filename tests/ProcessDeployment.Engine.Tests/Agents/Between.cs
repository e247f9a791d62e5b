using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProcessDeployment.Engine.Tests.Agents;

/// <summary>Somebody between agent and engine: sees what is asked, and may alter, hold back or deny it.</summary>
internal sealed class Between : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _engine;
    private readonly ConcurrentQueue<(string Path, string? Range, int Status)> _seen = new();

    private Between(EngineFixture engine)
    {
        _engine = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = engine.Url, Timeout = Timeout.InfiniteTimeSpan };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(PassOnAsync);
    }

    public Uri Url => new(_app.Urls.First());

    /// <summary>Whether the engine cannot be reached.</summary>
    public bool Down { get; set; }

    /// <summary>What it denied while the engine could not be reached, and when, by a clock that nobody sets.</summary>
    public ConcurrentQueue<(string Path, long At)> Denied { get; } = new();

    /// <summary>The place of a byte of each bundle that is altered.</summary>
    public long? Altered { get; set; }

    /// <summary>After so many bytes of a bundle nothing more comes.</summary>
    public long? StopsAfter { get; set; }

    /// <summary>The status that it gives a command instead of passing it on, by what the command says; null to pass it on.</summary>
    public Func<string, int?>? Denies { get; set; }

    public IReadOnlyCollection<(string Path, string? Range, int Status)> Seen => _seen;

    public static async Task<Between> StartAsync(EngineFixture engine)
    {
        var between = new Between(engine);
        await between._app.StartAsync(TestContext.Current.CancellationToken);
        return between;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _engine.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        if (Down)
        {
            Denied.Enqueue((context.Request.Path.Value!, Stopwatch.GetTimestamp()));
            context.Response.StatusCode = 502;
            return;
        }

        var (path, range) = (context.Request.Path.Value!, context.Request.Headers.Range.FirstOrDefault());
        using var request = new HttpRequestMessage(new(context.Request.Method), new Uri($"{path}{context.Request.QueryString}", UriKind.Relative));
        foreach (var name in (string[])["Authorization", "Range", "If-Range", "If-None-Match"])
        {
            if (context.Request.Headers[name] is [{ } value]) request.Headers.TryAddWithoutValidation(name, value);
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (Denies?.Invoke(Encoding.UTF8.GetString(body.ToArray())) is { } denied)
        {
            Denied.Enqueue((path, Stopwatch.GetTimestamp()));
            context.Response.StatusCode = denied;
            await context.Response.WriteAsync("<html>Not here</html>", context.RequestAborted);
            return;
        }

        if (HttpMethods.IsPost(context.Request.Method)) request.Content = new ByteArrayContent(body.ToArray()) { Headers = { { "Content-Type", context.Request.ContentType } } };
        using var response = await _engine.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        _seen.Enqueue((path, range, (int)response.StatusCode));
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Transfer-Encoding")) context.Response.Headers[name] = values.ToArray();
        var isBundle = path.Contains("/bundles/", StringComparison.Ordinal) && !path.EndsWith("/signature", StringComparison.Ordinal);
        await CopyAsync(response, context, isBundle, response.Content.Headers.ContentRange?.From ?? 0);
    }

    private async Task CopyAsync(HttpResponseMessage response, HttpContext context, bool isBundle, long position)
    {
        if (response.StatusCode is HttpStatusCode.NotModified) return;
        var buffer = new byte[16_384];
        await using var source = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        while (await source.ReadAsync(buffer, context.RequestAborted) is var count and > 0)
        {
            if (isBundle && Altered is { } place && place >= position && place < position + count) buffer[place - position] ^= 1;
            if (isBundle && StopsAfter < position + count) await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            position += count;
        }
    }
}
