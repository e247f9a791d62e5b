using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

/// <summary>Asks over HTTP, as anybody does.</summary>
internal static class Asking
{
    /// <summary>The answer, which must be one, as soon as it contains a position. Beside other tests that may take longer than the two seconds an engine waits.</summary>
    public static async Task<JsonElement> AskAsync(this TestAccount account, string path, long atLeast = 0)
    {
        var asked = atLeast == 0 ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}atLeast={atLeast}";
        var (status, body) = await Eventually.BecomesAsync(
            () => account.TryAskAsync(asked), answer => answer.Status != HttpStatusCode.ServiceUnavailable || answer.Body.Text("code") != "read-model-behind");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body)> TryAskAsync(this TestAccount account, string path)
    {
        using var response = await account.Http.GetAsync(account.Address(path), TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The address of a question, about the moment that the account is looked at.</summary>
    public static Uri Address(this TestAccount account, string path) => new(
        account.Moment is null ? $"/api/v1{path}" : $"/api/v1{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}asOf={Uri.EscapeDataString(account.Moment)}",
        UriKind.Relative);

    /// <summary>Sends commands one after another, each of which must take effect; the position after the last.</summary>
    public static async Task<long> DoAsync(this TestAccount account, params Command[] commands)
    {
        var position = 0L;
        foreach (var command in commands)
        {
            var outcome = await account.SendAsync(command);
            outcome.Status.ShouldBe(OutcomeStatus.Accepted, outcome.Refusal?.Message);
            position = outcome.Position;
        }

        return position;
    }

    /// <summary>The problem with a question that is malformed.</summary>
    public static async Task<(string Member, string Rule)> ProblemOfAsync(this TestAccount account, string path)
    {
        var (status, body) = await account.TryAskAsync(path);
        status.ShouldBe(HttpStatusCode.BadRequest, body.ToString());
        var error = body.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        return (error.Text("member")!, error.Text("rule")!);
    }

    public static IReadOnlyList<JsonElement> Items(this JsonElement answer, string name = "items") => [.. answer.GetProperty(name).EnumerateArray()];

    public static string? Text(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static int? Number(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetInt32() : null;

    public static Guid Id(this JsonElement element, string name) => element.GetProperty(name).GetGuid();

    public static bool Flag(this JsonElement element, string name) => element.GetProperty(name).GetBoolean();

    public static IReadOnlyList<string> Members(this JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    public static IReadOnlyList<string?> Names(this JsonElement answer, string list = "items") => [.. answer.Items(list).Select(item => item.Text("name"))];
}
