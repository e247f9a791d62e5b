using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>Rebuilds as an operator orders them, and somebody who reads the lists all along.</summary>
internal sealed class Rebuilds(string url) : IDisposable
{
    /// <summary>It works beside callers that leave it no processor, on machines that others use too.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    private readonly HttpClient _http = new() { BaseAddress = new(url) };

    public async Task<string> BeginAsync(bool verifyOnly = false)
    {
        using var answer = await _http.PostAsJsonAsync("/api/v1/rebuilds", new { all = true, verifyOnly });
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("jobId").GetString()!;
    }

    /// <summary>It must come to its end, and its proof must find every row as the events say.</summary>
    public async Task EndsProvedAsync(string jobId)
    {
        var job = default(JsonElement);
        await Until.TrueAsync(
            async () => (job = await _http.GetFromJsonAsync<JsonElement>($"/api/v1/rebuilds/{jobId}")).GetProperty("status").GetString() != "running",
            () => $"The rebuild does not end: {job}",
            Longest);
        job.GetProperty("status").GetString().ShouldBe("completed", job.ToString());
        job.GetProperty("differences").GetInt64().ShouldBe(0, job.ToString());
    }

    /// <summary>Asks one question after the other until told to stop; returns how many were answered. Not one may fail.</summary>
    public async Task<int> AskAsync(Func<bool> stop)
    {
        string[] questions = ["/api/v1/processes?take=20", "/api/v1/atoms", "/api/v1/licences", "/api/v1/audit?take=20", "/api/v1/components?take=20"];
        var answered = 0;
        for (; !stop(); answered++)
        {
            using var answer = await _http.GetAsync(questions[answered % questions.Length]);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        }

        return answered;
    }

    /// <summary>Somebody who reads a table for long, so that it cannot be exchanged before he ends.</summary>
    public static async Task<IAsyncDisposable> KeptFromItsEndAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var look = new NpgsqlCommand("begin; select count(*) from process_deployment.process_list", connection);
        await look.ExecuteScalarAsync();
        return connection;
    }

    public void Dispose() => _http.Dispose();
}
