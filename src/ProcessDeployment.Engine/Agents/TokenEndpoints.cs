using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Agents;

/// <summary>
/// Makes tokens and takes them back. What is decided and kept is a command like any other, with the hash; the token itself is
/// in this one answer and nowhere else.
/// </summary>
internal static class TokenEndpoints
{
    private const string Path = "/atoms/{id}/tokens";
    private const string Source = "//process-deployment/tokens";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost(Path, IssueAsync).Describe("issue-token", "Let an Atom in with a new token, which is shown this once", [])
            .Accepts<TokenRequest>(MediaTypes.Json).Produces<NewToken>(201).Produces<Outcome>(409).Produces<Problem>(415, Problem.ContentType);
        api.MapGet(Path, ListAsync).Describe("list-tokens", "The tokens of an Atom, without what they are", []).Produces<TokenList>();
        api.MapDelete($"{Path}/{{tokenId}}", (Delegate)RevokeAsync).Describe("revoke-token", "Let an Atom in with this token no more", []).Produces<Outcome>().Produces<Outcome>(409);
    }

    private static async Task<IResult> IssueAsync(HttpContext context, ICallers callers, TimeProvider time)
    {
        if (MediaTypes.Of(context.Request) is not BodyKind.Either) return MediaTypes.NotJson;
        TokenRequest wanted;
        try
        {
            wanted = await MediaTypes.ReadAsync<TokenRequest>(context.Request, context.RequestAborted) ?? new(null, null);
        }
        catch (JsonException e)
        {
            return Problem.Malformed(e.Path?.TrimStart('$', '.') is { Length: > 0 } member ? member : "body", "must be {\"expiresAt\": \"…\", \"reason\": \"…\"}, either of which may be left out");
        }

        var asked = new QuestionParameters(context.Request, []);
        var atomId = asked.PathId();
        if (DateTimeOffset.TryParse(wanted.ExpiresAt, System.Globalization.CultureInfo.InvariantCulture, out var end) && end <= time.GetUtcNow()) asked.Refuse("expiresAt", "must be in the future");
        if (asked.Errors.Count > 0) return Problem.Malformed(asked.Errors);
        var token = AtomToken.New(callers.Of(context).AccountId, atomId);
        var command = new IssueAtomToken { AtomId = atomId, TokenId = token.TokenId, SecretHash = token.Hash, ExpiresAt = wanted.ExpiresAt, Reason = wanted.Reason };
        var (outcome, problem) = await OwnCommand.SendAsync(context, Source, command);
        if (problem is not null) return problem;
        if (outcome!.Status == OutcomeStatus.Refused) return Results.Json(outcome, WireJson.Options, statusCode: 409);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new NewToken(token.TokenId, token.Text, wanted.ExpiresAt, outcome.Position), WireJson.Options, statusCode: 201);
    }

    private static async Task<IResult> ListAsync(HttpContext context, AtomTokens tokens, AccountQuestion asking)
    {
        var asked = new QuestionParameters(context.Request, []);
        var atomId = asked.PathId();
        if (asked.Errors.Count > 0) return AccountQuestion.Malformed(asked);
        return Answer.Of(new TokenList([.. (await tokens.OfAsync(asking.AccountOf(context), atomId, context.RequestAborted)).Select(token => new TokenItem(token.TokenId, token.ExpiresAt))]));
    }

    private static async Task<IResult> RevokeAsync(HttpContext context)
    {
        var asked = new QuestionParameters(context.Request, []);
        var (atomId, tokenId) = (asked.PathId(), asked.PathId("tokenId"));
        if (asked.Errors.Count > 0) return Problem.Malformed(asked.Errors);
        var (outcome, problem) = await OwnCommand.SendAsync(context, Source, new RevokeAtomToken { AtomId = atomId, TokenId = tokenId });
        return problem ?? Results.Json(outcome, WireJson.Options, statusCode: outcome!.Status == OutcomeStatus.Refused ? 409 : 200);
    }

    /// <summary>What is asked for.</summary>
    /// <param name="ExpiresAt">Until when it is to be good, in UTC; without end when left out.</param>
    /// <param name="Reason">Why, for the history.</param>
    internal sealed record TokenRequest(string? ExpiresAt = null, string? Reason = null);

    /// <summary>A new token.</summary>
    /// <param name="TokenId">By which it is revoked.</param>
    /// <param name="Token">What the Atom sends after <c>Authorization: Bearer</c>. It cannot be asked for again.</param>
    /// <param name="ExpiresAt">Until when it is good.</param>
    /// <param name="Position">Where the history says so.</param>
    internal sealed record NewToken(Guid TokenId, string Token, string? ExpiresAt, long Position);

    internal sealed record TokenItem(Guid TokenId, string? ExpiresAt);

    internal sealed record TokenList(IReadOnlyList<TokenItem> Items);
}
