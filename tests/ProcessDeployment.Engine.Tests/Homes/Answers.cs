using System.Net;
using System.Text.Json;

namespace ProcessDeployment.Engine.Tests.Homes;

/// <summary>What is sent and asked, and what comes back.</summary>
internal static class Answers
{
    public static async Task<(HttpStatusCode Status, string Body)> AskAsync(this HttpClient http, string path) => await ReadAsync(await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));

    /// <summary>Sends a command.</summary>
    public static async Task<(HttpStatusCode Status, string Body)> TellAsync(this HttpClient http, HttpContent command, string path = "/api/v1/commands") =>
        await ReadAsync(await http.PostAsync(new Uri(path, UriKind.Relative), command, TestContext.Current.CancellationToken));

    public static void ShouldBeProblem(this (HttpStatusCode Status, string Body) answer, HttpStatusCode status, string code) =>
        (answer.Status, JsonElement.Parse(answer.Body).GetProperty("code").GetString()).ShouldBe((status, code), answer.Body);

    private static async Task<(HttpStatusCode, string)> ReadAsync(HttpResponseMessage response)
    {
        using (response) return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
