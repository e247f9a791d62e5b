using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace ProcessDeployment.Engine.CommandLine.Api;

/// <summary>
/// Talks to an engine. Questions that follow a command of ours ask for an answer that contains it. Whatever is turned away
/// for a moment is sent again: questions change nothing, and commands keep their ids.
/// </summary>
public sealed class ApiClient(HttpClient http) : IDisposable
{
    private const int Attempts = 6;
    private static readonly TimeSpan Greeting = TimeSpan.FromSeconds(10);
    private long? _atLeast;
    private bool _unseen;

    /// <summary>The moment of the past that all questions are about; null for the present.</summary>
    public string? AsOf { get; set; }

    public Uri Url => http.BaseAddress!;

    /// <summary>From now on answers must contain this position.</summary>
    public void MustContain(long position) => (_atLeast, _unseen) = (Math.Max(_atLeast ?? 0, position), true);

    /// <summary>Waits until answers contain what was sent: the next call of a script is another process, which knows nothing of it.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        if (_unseen) await AskAsync("processes", Query.None.With("take", 1), ct);
    }

    /// <exception cref="CommandLineException">The engine answers with a problem.</exception>
    public async Task<ApiAnswer> AskAsync(string path, Query query, CancellationToken ct)
    {
        if (_atLeast is { } position) query = query.With("atLeast", position.ToString(CultureInfo.InvariantCulture));
        query = query.With("asOf", AsOf);
        var answer = Problems.Checked(await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, $"api/v1/{path}{query}"), ct));
        _unseen = false;
        return answer;
    }

    public Task<ApiAnswer> PostAsync(string path, string mediaType, ReadOnlyMemory<byte> body, CancellationToken ct) => SendAsync(
        () => new HttpRequestMessage(HttpMethod.Post, $"api/v1/{path}")
        {
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
        },
        ct);

    /// <summary>Has the engine begin something.</summary>
    /// <exception cref="CommandLineException">The engine answers with a problem.</exception>
    public async Task<ApiAnswer> StartAsync(string path, CancellationToken ct) =>
        Problems.Checked(await SendAsync(() => new HttpRequestMessage(HttpMethod.Post, $"api/v1/{path}"), ct));

    /// <summary>Writes an answer to a file; where a part of it is there already, only the rest is fetched.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="tag">Names what is fetched: a part of something else is not gone on with.</param>
    /// <param name="file">Where to write it.</param>
    /// <param name="ct">Stops it; what was fetched stays for the next time.</param>
    public async Task DownloadAsync(string path, string tag, string file, CancellationToken ct)
    {
        var unfinished = $"{file}.part";
        using var message = new HttpRequestMessage(HttpMethod.Get, $"api/v1/{path}");
        if (File.Exists(unfinished))
        {
            message.Headers.Range = new RangeHeaderValue(new FileInfo(unfinished).Length, null);
            message.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue($"\"{tag}\""));
        }

        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct);
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable))
            Problems.Checked(new((int)response.StatusCode, await response.Content.ReadAsStringAsync(ct)));
        var options = new FileStreamOptions { Mode = response.StatusCode == HttpStatusCode.OK ? FileMode.Create : FileMode.Append, Access = FileAccess.Write };
        // Histories and exports are for whoever asked for them.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var output = new FileStream(unfinished, options))
        {
            if (response.IsSuccessStatusCode) await response.Content.CopyToAsync(output, ct);
        }

        File.Move(unfinished, file, overwrite: true);
    }

    /// <summary>Sends a file as it is.</summary>
    /// <exception cref="CommandLineException">The engine answers with a problem.</exception>
    public async Task<ApiAnswer> PutFileAsync(string path, string mediaType, string file, CancellationToken ct) => Problems.Checked(await SendAsync(
        () => new HttpRequestMessage(HttpMethod.Put, $"api/v1/{path}") { Content = new StreamContent(File.OpenRead(file)) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } } },
        ct));

    public Task<ApiAnswer> DeleteAsync(string path, CancellationToken ct) => SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, $"api/v1/{path}"), ct);

    /// <summary>Whether anything listens there.</summary>
    public async Task<bool> IsThereAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Greeting);
        try
        {
            using var answer = await http.GetAsync(new Uri("health/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return true;
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException)
        {
            return false;
        }
        catch (HttpRequestException e)
        {
            throw NotPlainHttp(e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw Silent(e);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<ApiAnswer> SendAsync(Func<HttpRequestMessage> request, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var message = request();
            try
            {
                using var response = await http.SendAsync(message, ct);
                if (attempt == Attempts || response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                    return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(ct));
                // The engine asked to come again, and says when.
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromMilliseconds(200 * attempt), ct);
            }
            catch (HttpRequestException e) when (e.InnerException is not SocketException)
            {
                throw NotPlainHttp(e);
            }
            catch (HttpRequestException e)
            {
                throw new CommandLineException(ExitCodes.Unreachable, $"No engine answers at {Url}: {e.Message}. Start one with the verb serve, or name another with --url.", e);
            }
            catch (TaskCanceledException e) when (!ct.IsCancellationRequested)
            {
                throw Silent(e);
            }
        }
    }

    private CommandLineException NotPlainHttp(HttpRequestException e) => new(
        ExitCodes.Unreachable, $"Something listens at {Url}, but does not answer as an engine does: {e.GetBaseException().Message.TrimEnd('.')}. Name the engine with --url.", e);

    private CommandLineException Silent(OperationCanceledException e) => new(
        ExitCodes.Unreachable, $"The engine at {Url} does not answer in time. Sending the same again is safe.", e);
}
