using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Identity.Keys;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Access;

/// <summary>Makes API keys and takes them back. What is decided and kept is a command like any other, with the hash; the key itself is in this one answer and nowhere else.</summary>
internal static class KeyEndpoints
{
    private const string Path = "/keys";
    private const string Source = "//process-deployment/keys";

    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        api.MapPost(Path, IssueAsync).Describe("issue-key", "Let a program in with a new API key, which is shown this once", [])
            .Accepts<KeyRequest>(MediaTypes.Json).Produces<NewKey>(201).Produces<Outcome>(409).Produces<Problem>(415, Problem.ContentType);
        api.MapGet(Path, ListAsync).Describe("list-keys", "The API keys of the account, without what they are", []).Produces<KeyList>();
        api.MapDelete($"{Path}/{{id}}", (Delegate)RevokeAsync).Describe("revoke-key", "Let nobody in with this API key any more", []).Produces<Outcome>().Produces<Outcome>(409);
    }

    private static async Task<IResult> IssueAsync(HttpContext context, ICallers callers, TimeProvider time)
    {
        if (MediaTypes.Of(context.Request) is not BodyKind.Either) return MediaTypes.NotJson;
        KeyRequest? wanted;
        try
        {
            wanted = await MediaTypes.ReadAsync<KeyRequest>(context.Request, context.RequestAborted);
        }
        catch (JsonException e)
        {
            return Problem.Malformed(e.Path?.TrimStart('$', '.') is { Length: > 0 } member ? member : "body", "must be {\"name\": \"…\", \"roles\": [{\"role\": \"…\"}], \"expiresAt\": \"…\", \"reason\": \"…\"}; the last two may be left out");
        }

        if (wanted is null) return Problem.Malformed("body", "must name the key and its roles");
        if (DateTimeOffset.TryParse(wanted.ExpiresAt, System.Globalization.CultureInfo.InvariantCulture, out var end) && end <= time.GetUtcNow()) return Problem.Malformed("expiresAt", "must be in the future");
        var key = ApiKeyText.New(callers.Of(context).AccountId, Guid.CreateVersion7());
        var (outcome, problem) = await OwnCommand.SendAsync(
            context, Source, new IssueApiKey { KeyId = key.KeyId, Name = wanted.Name, SecretHash = key.Hash, Roles = wanted.Roles, ExpiresAt = wanted.ExpiresAt, Reason = wanted.Reason });
        if (problem is not null) return problem;
        if (outcome!.Status == OutcomeStatus.Refused) return Results.Json(outcome, WireJson.Options, statusCode: 409);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new NewKey(key.KeyId, key.Text, wanted.ExpiresAt, outcome.Position), WireJson.Options, statusCode: 201);
    }

    private static async Task<IResult> ListAsync(HttpContext context, AccountQuestion asking, KnownAccess known)
    {
        var asked = new QuestionParameters(context.Request, []);
        if (asked.Errors.Count > 0) return AccountQuestion.Malformed(asked);
        var accountId = asking.AccountOf(context);
        // Nobody comes in by a key where no identity is configured.
        var uses = context.RequestServices.GetService<KeyUses>() is { } kept ? await kept.OfAsync(accountId, context.RequestAborted) : new Dictionary<Guid, DateTimeOffset>();
        return Answer.Of(new KeyList([.. (await known.OfAsync(accountId, context.RequestAborted)).Keys.Select(key => new KeyUse(key.Key, key.Value.Name, key.Value.Roles, key.Value.ExpiresAt, uses.TryGetValue(key.Key, out var last) ? last : null))]));
    }

    private static async Task<IResult> RevokeAsync(HttpContext context)
    {
        var asked = new QuestionParameters(context.Request, []);
        var keyId = asked.PathId();
        if (asked.Errors.Count > 0) return Problem.Malformed(asked.Errors);
        var (outcome, problem) = await OwnCommand.SendAsync(context, Source, new RevokeApiKey { KeyId = keyId });
        return problem ?? Results.Json(outcome, WireJson.Options, statusCode: outcome!.Status == OutcomeStatus.Refused ? 409 : 200);
    }

    /// <summary>What is asked for.</summary>
    /// <param name="Name">Whose it is: the actor is <c>key:</c> and this.</param>
    /// <param name="Roles">What it lets do.</param>
    /// <param name="ExpiresAt">Until when it is to be good, in UTC; without end when left out.</param>
    /// <param name="Reason">Why, for the history.</param>
    internal sealed record KeyRequest(string Name, IReadOnlyList<RoleGrant> Roles, string? ExpiresAt = null, string? Reason = null);

    /// <summary>A new key.</summary>
    /// <param name="KeyId">By which it is revoked.</param>
    /// <param name="Key">What the program sends after <c>Authorization: Bearer</c>. It cannot be asked for again.</param>
    /// <param name="ExpiresAt">Until when it is good.</param>
    /// <param name="Position">Where the history says so.</param>
    internal sealed record NewKey(Guid KeyId, string Key, string? ExpiresAt, long Position);

    internal sealed record KeyUse(Guid KeyId, string Name, IReadOnlyList<RoleGrant> Roles, string? ExpiresAt, DateTimeOffset? LastUsedAt);

    internal sealed record KeyList(IReadOnlyList<KeyUse> Items);
}
