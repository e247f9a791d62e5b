using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Ledger.Http;

/// <summary>Has the ledger go on with a new key: an operator's matter.</summary>
internal static class KeyRotation
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/ledger/rotate-key", RotateAsync)
        .WithName("rotate-ledger-key").WithTags("Ledger").WithSummary("Go on with a new key; the present one signs that it is the next")
        .Produces<NewKey>()
        .Produces<Problem>(403, Problem.ContentType).Produces<Problem>(409, Problem.ContentType);

    private static async Task<IResult> RotateAsync(HttpContext context, Sealer sealer, AccountQuestion asking, EngineOperator @operator)
    {
        if (!@operator.Is(asking.AccountOf(context), context)) return new Problem("Not allowed", 403, "Only the operator of the engine may change the key of its ledger.", "operator-only");
        try
        {
            return Answer.Of(new NewKey(await sealer.RotateKeyAsync(context.RequestAborted)));
        }
        catch (SealingException e)
        {
            return new Problem("This node does not seal", 409, e.Message, "not-sealing");
        }
    }

    internal sealed record NewKey(string KeyId);
}
