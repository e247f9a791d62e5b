using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Agents;

/// <summary>An Atom as the engine sees it: somebody with a token, of whom nothing else says who it is.</summary>
internal sealed class AtomOutside(EngineFixture engine, string token) : IDisposable
{
    public HttpClient Http { get; } = new() { BaseAddress = engine.Url, DefaultRequestHeaders = { { "Authorization", $"Bearer {token}" } } };

    public static async Task<(AtomOutside Atom, Guid TokenId, string Token)> EnterAsync(EngineFixture engine, TestAccount account, Guid atomId)
    {
        var (status, body) = await IssueAsync(account, atomId);
        status.ShouldBe(HttpStatusCode.Created, body.ToString());
        return (new(engine, body.Text("token")!), body.Id("tokenId"), body.Text("token")!);
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body)> IssueAsync(TestAccount account, Guid atomId, object? wanted = null)
    {
        using var response = await account.Http.PostAsJsonAsync(account.Address($"/atoms/{atomId}/tokens"), wanted ?? new { }, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
    }

    public static async Task<HttpStatusCode> RevokeAsync(TestAccount account, Guid atomId, Guid tokenId)
    {
        using var response = await account.Http.DeleteAsync(account.Address($"/atoms/{atomId}/tokens/{tokenId}"), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    public async Task<(HttpStatusCode Status, JsonElement Body, string? Tag)> AskAsync(string path, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1{path}", UriKind.Relative));
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true ? JsonElement.Parse(text) : default, response.Headers.ETag?.ToString());
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(params Command[] commands)
    {
        var written = commands.Select(command => Encoding.UTF8.GetString(CommandWriter.ToCloudEvent(Guid.CreateVersion7(), "//atom", command))).ToList();
        using var content = new StringContent(written is [var one] ? one : $"[{string.Join(',', written)}]", Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(new Uri("/api/v1/commands", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
    }

    public void Dispose() => Http.Dispose();
}

/// <summary>What an Atom is told.</summary>
internal sealed class AtomStream(HttpResponseMessage response, StreamReader reader) : IDisposable
{
    public static async Task<AtomStream> OpenAsync(HttpClient http, Guid atomId)
    {
        var response = await http.GetAsync(new Uri($"/api/v1/atoms/{atomId}/changes", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new(response, new(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The advice when to come back, in milliseconds.</summary>
    public int Retry { get; private set; }

    /// <summary>The position of the next event; null when the stream ends before one.</summary>
    public async Task<long?> NextAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Eventually.Patience);
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("retry: ", StringComparison.Ordinal)) Retry = int.Parse(line.AsSpan(7), CultureInfo.InvariantCulture);
            if (line.StartsWith("id: ", StringComparison.Ordinal)) return long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
        }

        return null;
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
