using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Ledger.Http;

/// <summary>How the ledger stands, in short.</summary>
internal static class StatusQuestion
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/ledger", AskAsync)
        .DescribeLedger("get-ledger", "How the ledger stands: the last checkpoint, and how much of this account is sealed")
        .Produces<LedgerStatus>();

    private static async Task<IResult> AskAsync(HttpContext context, LedgerReader ledger, SealerStatus sealer, AccountQuestion asking)
    {
        var asked = new QuestionParameters(context.Request, []);
        if (asked.Errors.Count > 0) return AccountQuestion.Malformed(asked);
        var accountId = asking.AccountOf(context);
        var (size, position) = await ledger.ProgressAsync(accountId, context.RequestAborted);
        var last = await ledger.LastCheckpointAsync(context.RequestAborted);
        var trouble = sealer.Trouble ?? sealer.Stopped.FirstOrDefault(why => why.StartsWith($"Account {accountId} ", StringComparison.Ordinal));
        return Answer.Of(new LedgerStatus(accountId, position, size, last?.Number ?? 0, last?.Time, last?.KeyId, sealer.IsSealing, trouble));
    }
}
