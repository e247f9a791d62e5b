using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Client;

/// <summary>
/// Requests and their answers. Whatever is turned away for a moment is sent again: questions change nothing, and commands
/// keep their ids.
/// </summary>
internal sealed class Requests(HttpClient http)
{
    private const int Attempts = 4;

    public Task<T> GetAsync<T>(string path, CancellationToken cancellation) => GetAsync<T>(path, also: null, cancellation);

    /// <param name="path">Below the root of the API.</param>
    /// <param name="also">A status beside 200 that has an answer of the same form.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<T> GetAsync<T>(string path, HttpStatusCode? also, CancellationToken cancellation)
    {
        using var response = await SendAsync(() => new(HttpMethod.Get, Address(path)), HttpCompletionOption.ResponseContentRead, also, cancellation);
        return await ReadAsync<T>(response, cancellation);
    }

    public async Task<T> DeleteAsync<T>(string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(() => new(HttpMethod.Delete, Address(path)), HttpCompletionOption.ResponseContentRead, null, cancellation);
        return await ReadAsync<T>(response, cancellation);
    }

    public async Task<string> GetTextAsync(string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(() => new(HttpMethod.Get, Address(path)), HttpCompletionOption.ResponseContentRead, null, cancellation);
        return await response.Content.ReadAsStringAsync(cancellation);
    }

    /// <param name="path">Below the root of the API.</param>
    /// <param name="mediaType">What the body is.</param>
    /// <param name="body">The body.</param>
    /// <param name="also">A status beside 200 that has an answer of the same form.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<T> PostAsync<T>(string path, string mediaType, ReadOnlyMemory<byte> body, HttpStatusCode? also, CancellationToken cancellation)
    {
        using var response = await SendAsync(
            () => new(HttpMethod.Post, Address(path)) { Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } } },
            HttpCompletionOption.ResponseContentRead, also, cancellation);
        return await ReadAsync<T>(response, cancellation);
    }

    /// <summary>An answer that goes on; whoever reads it disposes it.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellation) =>
        SendAsync(() => new(HttpMethod.Get, Address(path)), HttpCompletionOption.ResponseHeadersRead, null, cancellation);

    private static Uri Address(string path) => new($"api/v1/{path}", UriKind.Relative);

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, HttpCompletionOption until, HttpStatusCode? also, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var message = request();
            HttpResponseMessage response;
            try
            {
                response = await http.SendAsync(message, until, cancellation);
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                throw new EngineUnreachableException($"The engine does not answer: {e.GetBaseException().Message.TrimEnd('.')}.", e);
            }

            if (response.IsSuccessStatusCode || response.StatusCode == also) return response;
            using (response)
            {
                if (attempt == Attempts || response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                    throw new EngineProblemException(await ProblemAsync(response, cancellation));
                // The engine asked to come again and says when; should something in between have left that out, a little later each time.
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromMilliseconds(200 * attempt), cancellation);
            }
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            return await JsonSerializer.DeserializeAsync<T>(body, WireJson.Options, cancellation) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new EngineUnreachableException("Something answers there, but not as this engine does: it says what cannot be read.", e);
        }
    }

    private static async Task<EngineProblem> ProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            if (await JsonSerializer.DeserializeAsync<EngineProblem>(body, WireJson.Options, cancellation) is { } problem) return problem;
        }
        catch (JsonException)
        {
            // Then the status must do: somebody in between said it.
        }

        return new($"The engine answers with HTTP {(int)response.StatusCode}", (int)response.StatusCode);
    }
}
