using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Questions.Asking;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Ledger.Http;

/// <summary>A checkpoint with the head of the account: what auditors take away and keep.</summary>
internal static class CheckpointQuestion
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/ledger/checkpoint", AskAsync)
        .DescribeLedger("get-ledger-checkpoint", "The last signed checkpoint with the head of this account, or the first that covers a position", Covering)
        .Produces<AccountCheckpoint>();

    private static async Task<IResult> AskAsync(HttpContext context, LedgerReader ledger, AccountQuestion asking)
    {
        var asked = new QuestionParameters(context.Request, [Covering]);
        var covering = asked.Number(Covering, 1, long.MaxValue);
        if (asked.Errors.Count > 0) return AccountQuestion.Malformed(asked);

        var accountId = asking.AccountOf(context);
        var checkpoint = covering is { } position
            ? await ledger.FirstCoveringAsync(accountId, position, context.RequestAborted)
            : await ledger.LatestAsync(accountId, context.RequestAborted);
        return checkpoint is not null ? Answer.Of(checkpoint) : LedgerEndpoints.NotSealed(covering is null ? "an event of this account" : $"position {covering}");
    }
}
