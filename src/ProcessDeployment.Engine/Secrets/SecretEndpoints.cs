using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Secrets;

/// <summary>The keys of secret values, over HTTP: an operator's matter, since they are of all accounts. What they are is never told.</summary>
internal static class SecretEndpoints
{
    public static void MapSecrets(this IEndpointRouteBuilder api)
    {
        var secrets = EngineOperator.Only(api.MapGroup("/secrets").WithTags("Operations"), "The keys of secret values are");
        secrets.MapGet("/keys", ListAsync)
            .WithName("list-secret-keys").WithSummary("The keys of secret values, newest first, and how many values each seals")
            .Produces<SecretKeyList>().Produces<Problem>(403, Problem.ContentType);
        secrets.MapPost("/rotate-key", RotateAsync)
            .WithName("rotate-secret-key").WithSummary("Seal secret values with a new key; those of older ones are sealed anew, and older keys removed when nothing needs them")
            .Produces<NewKey>().Produces<Problem>(403, Problem.ContentType);
    }

    private static async Task<IResult> ListAsync(SecretKeys keys, SealedValues values, CancellationToken cancellation)
    {
        var (ring, counts) = (await keys.RefreshAsync(cancellation), await values.CountAsync(cancellation));
        return Results.Json(
            new SecretKeyList([.. ring.Listed.Reverse().Select(key => new SecretKeyItem(key.Id, key.MadeAt, key.MadeBy, counts.GetValueOrDefault(key.Id), ring.All.ContainsKey(key.Id), key.RemovedAt))]),
            WireJson.Options);
    }

    private static async Task<IResult> RotateAsync(HttpContext context, KeyRotation rotation) =>
        Results.Json(new NewKey(await rotation.MakeAsync(EngineOperator.Of(context)!.Value.Actor, context.RequestAborted)), WireJson.Options);

    internal sealed record NewKey(string KeyId);
}

internal sealed record SecretKeyList(IReadOnlyList<SecretKeyItem> Items);

/// <summary>A key of secret values.</summary>
/// <param name="KeyId">Follows from the key, and says nothing of it.</param>
/// <param name="MadeAt">When.</param>
/// <param name="MadeBy">Who asked for it; null for the first, and for those that were removed.</param>
/// <param name="Values">How many values it seals.</param>
/// <param name="IsHere">Whether this node has it.</param>
/// <param name="RemovedAt">When it was removed, because nothing needed it any more.</param>
internal sealed record SecretKeyItem(string KeyId, DateTimeOffset MadeAt, string? MadeBy, long Values, bool IsHere, DateTimeOffset? RemovedAt);
