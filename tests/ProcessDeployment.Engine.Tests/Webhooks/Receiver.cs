using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProcessDeployment.Engine.Tests.Webhooks;

/// <summary>A server that somebody else would have: it takes what is sent to it and answers as a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _all = new();
    private readonly CancellationTokenSource _end = new();

    private Receiver(WebApplication app)
    {
        _app = app;
        app.MapFallback(TakeAsync);
    }

    public Uri Url => new(new Uri(_app.Urls.First()), "/hook");

    public IReadOnlyList<Received> All => [.. _all];

    /// <summary>The status for a request; null hangs.</summary>
    public Func<Received, int?> Answer { get; set; } = _ => 204;

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new Receiver(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _app.DisposeAsync();
        _end.Dispose();
    }

    /// <summary>Waits until as many requests have come.</summary>
    public Task<IReadOnlyList<Received>> HasAsync(int count) => Eventually.BecomesAsync(() => Task.FromResult(All), all => all.Count >= count);

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var received = new Received(context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
        _all.Enqueue(received);
        if (Answer(received) is { } status)
        {
            context.Response.StatusCode = status;
            if (status is 302) context.Response.Headers.Location = "/elsewhere";
            return;
        }

        var hanging = new TaskCompletionSource();
        await using var ends = _end.Token.Register(hanging.SetResult);
        await hanging.Task;
    }
}

/// <summary>A request as it came.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    public string Id => Headers["webhook-id"];

    public JsonElement Body => JsonElement.Parse(Bytes);
}
