using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>One command, one request.</summary>
internal sealed class HttpSender(string url) : ISender
{
    private readonly HttpClient _http = new() { BaseAddress = new(url) };

    public async Task<Outcome> SendAsync(OutsideLedger.Entry entry, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(entry.Message);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        using var answer = await _http.PostAsync("/api/v1/commands", content, cancellation);
        if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests) throw TurnedAway(answer);
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Conflict);
        return (await answer.Content.ReadFromJsonAsync<Outcome>(WireJson.Options, cancellation))!;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static TryAgainException TurnedAway(HttpResponseMessage answer)
    {
        answer.Headers.RetryAfter.ShouldNotBeNull($"{answer.StatusCode} says not when to try again");
        return new(answer.ReasonPhrase ?? "");
    }
}

/// <summary>Plain SQL: put it in, wait for the outcome.</summary>
internal sealed class SqlSender(string connectionString) : ISender
{
    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(connectionString);

    public async Task<Outcome> SendAsync(OutsideLedger.Entry entry, CancellationToken cancellation)
    {
        await using var send = _database.CreateCommand("select process_deployment.send_command($1)");
        send.Parameters.AddWithValue(Encoding.UTF8.GetString(entry.Message));
        await send.ExecuteNonQueryAsync(cancellation);
        while (true)
        {
            // It sleeps between two looks: eight who ask without a pause leave the engine nothing of two processors.
            await using var ask = _database.CreateCommand("select process_deployment.await_outcome($1, $2, '2 seconds')::text");
            ask.Parameters.AddWithValue(entry.AccountId);
            ask.Parameters.AddWithValue(entry.Id);
            if (await ask.ExecuteScalarAsync(cancellation) is string outcome) return JsonSerializer.Deserialize<Outcome>(outcome, WireJson.Options)!;
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
