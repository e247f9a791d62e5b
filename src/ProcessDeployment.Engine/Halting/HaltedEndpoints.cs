using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Halting;

/// <summary>Accounts that stand still before an event that cannot be read, over HTTP: the operator's, as rebuilds are.</summary>
internal static class HaltedEndpoints
{
    private const int LongestReason = 1_000;

    public static void MapHalted(this IEndpointRouteBuilder api)
    {
        var halted = EngineOperator.Only(api.MapGroup("/halted-accounts").WithTags("Rebuilds"), "What to do about halted accounts is");
        halted.MapGet("", async (HaltedAccounts accounts, CancellationToken ct) => Results.Json(new HaltedList(await accounts.WithEventsAsync(ct)), WireJson.Options))
            .WithName("list-halted-accounts").WithSummary("Accounts whose read models stand still before an event that cannot be read, with the event as it is stored")
            .Produces<HaltedList>().Produces<Problem>(403, Problem.ContentType);
        halted.MapPost("/{accountId}/skip", SkipAsync)
            .WithName("skip-event").WithSummary("Mark the event that cannot be read as skipped, so that the account goes on without it")
            .WithDescription("The mark is an event of the account itself, sealed and audited as any other. 409 when the account is not halted at that position.")
            .Accepts<Asked>(MediaTypes.Json).Produces<Skipped>().Produces<Problem>(400, Problem.ContentType).Produces<Problem>(403, Problem.ContentType).Produces<Problem>(409, Problem.ContentType);
    }

    private static async Task<IResult> SkipAsync(string accountId, HttpContext context, Skipping skipping, CancellationToken cancellation)
    {
        if (MediaTypes.Of(context.Request) is not BodyKind.Either) return MediaTypes.NotJson;
        Asked? asked;
        try
        {
            asked = await MediaTypes.ReadAsync<Asked>(context.Request, cancellation);
        }
        catch (JsonException e)
        {
            return Problem.Malformed(e.Path?.TrimStart('$', '.') is { Length: > 0 } member ? member : "body", "must be {\"position\": 17, \"reason\": \"…\"}");
        }

        List<MemberError> errors = [];
        if (asked?.Position is not > 0) errors.Add(new("position", "must be that at which the account is halted"));
        if (string.IsNullOrWhiteSpace(asked?.Reason) || asked.Reason.Length > LongestReason) errors.Add(new("reason", $"must say why, in at most {LongestReason} characters"));
        if (errors.Count > 0) return Problem.Malformed(errors);
        var (_, actor) = EngineOperator.Of(context)!.Value;
        var (noted, halted) = await skipping.SkipAsync(accountId, asked!.Position!.Value, asked.Reason!, actor, cancellation);
        return noted is { } at
            ? Results.Json(new Skipped(accountId, asked.Position.Value, at), WireJson.Options)
            : new Problem("It is not halted there", 409, halted is null ? $"Account {accountId} is not halted." : $"{char.ToUpperInvariant(halted.InWords()[0])}{halted.InWords()[1..]}.", "not-halted-there");
    }

    internal sealed record Asked(long? Position = null, string? Reason = null);

    /// <param name="AccountId">The account.</param>
    /// <param name="Position">Of the event that is passed over.</param>
    /// <param name="NotedAt">Position of the event that says so.</param>
    internal sealed record Skipped(string AccountId, long Position, long NotedAt);

    internal sealed record HaltedList(IReadOnlyList<HaltedAccount> Items);
}
