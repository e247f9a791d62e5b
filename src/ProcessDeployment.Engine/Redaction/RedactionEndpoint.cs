using System.Text.Json;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Redaction;

/// <summary>Taking personal data out of an event: an act of the operator, not a command that anybody may send.</summary>
internal static class RedactionEndpoint
{
    public static void AddRedaction(this IServiceCollection services) => services.AddSingleton<Redactor>();

    public static void MapRedaction(this IEndpointRouteBuilder api) => api.MapPost("/audit/redactions", RedactAsync)
        .WithName("redact-event").WithTags("Audit").WithSummary("Take personal data out of an event; its leaf in the ledger stays what it was")
        .Accepts<RedactionRequest>(MediaTypes.Json).Produces(204).Produces<Problem>(400, Problem.ContentType).Produces<Problem>(403, Problem.ContentType);

    private static async Task<IResult> RedactAsync(HttpContext context, Redactor redactor, EngineOperator @operator, AccountQuestion asking, ICallers callers)
    {
        var accountId = asking.AccountOf(context);
        if (!@operator.Is(accountId, context)) return new Problem("Not allowed", 403, "Only the operator of the engine may take something out of the history.", "not-allowed");
        if (MediaTypes.Of(context.Request) is not BodyKind.Either) return MediaTypes.NotJson;
        RedactionRequest? request;
        try
        {
            request = await context.Request.ReadFromJsonAsync<RedactionRequest>(WireJson.StrictOptions, context.RequestAborted);
        }
        catch (JsonException e)
        {
            return Problem.Malformed(e.Path?.TrimStart('$', '.') is { Length: > 0 } member ? member : "body", "must be {\"eventPosition\": 42, \"fields\": [\"note\"]}");
        }

        if (request is not { EventPosition: > 0 }) return Problem.Malformed("eventPosition", "must be at least 1");
        if (request.Fields.Count is 0 or > 100) return Problem.Malformed("fields", "must name 1 to 100 texts");
        return await redactor.RedactAsync(accountId, callers.Of(context).Actor ?? "", request.EventPosition, request.Fields, context.RequestAborted) is var (at, rule)
            ? Problem.Malformed(at, rule)
            : Results.NoContent();
    }
}

/// <summary>What to take out of the history.</summary>
/// <param name="EventPosition">The event.</param>
/// <param name="Fields">Texts in its body, as paths such as <c>note</c>.</param>
internal sealed record RedactionRequest(long EventPosition, IReadOnlyList<string> Fields);
