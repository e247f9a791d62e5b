using System.Net;
using System.Net.Mime;
using System.Text.Json;

namespace ProcessDeployment.AtomAgent;

/// <summary>What an answer that is none says. Only what the engine says itself may be final: whatever stands in between may say anything.</summary>
/// <param name="Said">The status and what was said about it, in one line.</param>
/// <param name="IsEngines">The engine said it: it names its problems by a code.</param>
internal sealed record EngineProblem(string Said, bool IsEngines)
{
    public static async Task<EngineProblem> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var (detail, isEngines) = await DetailAsync(response, cancellation);
        return new($"{(int)response.StatusCode}: {detail ?? response.ReasonPhrase}", isEngines);
    }

    /// <summary>What it means for whoever asked.</summary>
    public Exception Exception(HttpStatusCode status, TimeSpan? retryAfter) => status switch
    {
        // What is too large is too large for whoever stands in between, too.
        HttpStatusCode.RequestEntityTooLarge => new EngineSaysNoException(Said, isFinal: true, IsEngines),
        HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.UnsupportedMediaType =>
            new EngineSaysNoException(Said, isFinal: IsEngines, IsEngines),
        HttpStatusCode.InternalServerError => new EngineSaysNoException(Said, isFinal: false, IsEngines),
        _ => new EngineTroubleException(Said, retryAfter) { IsAnswer = true },
    };

    private static async Task<(string? Detail, bool IsEngines)> DetailAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            using var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            var isProblem = response.Content.Headers.ContentType?.MediaType == MediaTypeNames.Application.ProblemJson;
            return (Member(problem, "detail") ?? Member(problem, "title"), isProblem && Member(problem, "code") is not null);
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException or InvalidOperationException)
        {
            // Then the reason phrase must do.
            return (null, false);
        }
    }

    private static string? Member(JsonDocument problem, string name) =>
        problem.RootElement.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
