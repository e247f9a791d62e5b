using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Questions.Asking;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Ledger.Http;

/// <summary>Proofs about the account of the caller.</summary>
internal static class ProofQuestions
{
    private const string Position = "position";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/ledger/proof/{position}", InclusionAsync)
            .DescribeLedger("get-ledger-proof", "That the event at a position is in the sealed tree of this account", Size)
            .Produces<InclusionProof>();
        api.MapGet("/ledger/consistency", ConsistencyAsync)
            .DescribeLedger("get-ledger-consistency", "That the sealed tree of this account begins with an earlier one", From, To)
            .Produces<ConsistencyProof>();
    }

    private static async Task<IResult> InclusionAsync(HttpContext context, LedgerReader ledger, AccountQuestion asking)
    {
        var asked = new QuestionParameters(context.Request, [Size]);
        var (position, wanted) = (asked.PathPosition(Position), asked.Number(Size, 1, long.MaxValue));
        if (wanted < position) asked.Refuse(Size, "must not be less than the position");
        if (asked.Errors.Count > 0) return AccountQuestion.Malformed(asked);

        var accountId = asking.AccountOf(context);
        var (size, problem) = await LedgerEndpoints.SizeAsync(ledger, accountId, wanted, context.RequestAborted);
        if (problem is not null || size < position) return problem ?? LedgerEndpoints.NotSealed($"position {position}");
        return Answer.Of(await ledger.InclusionAsync(accountId, position, size, context.RequestAborted));
    }

    private static async Task<IResult> ConsistencyAsync(HttpContext context, LedgerReader ledger, AccountQuestion asking)
    {
        var asked = new QuestionParameters(context.Request, [From, To]);
        var (from, to) = (asked.Number(From, 1, long.MaxValue), asked.Number(To, 1, long.MaxValue));
        if (!asked.Has(From)) asked.Refuse(From, "must be given: the size of the earlier tree");
        if (to < from) asked.Refuse(To, "must not be less than from");
        if (asked.Errors.Count > 0) return AccountQuestion.Malformed(asked);

        var accountId = asking.AccountOf(context);
        var (size, problem) = await LedgerEndpoints.SizeAsync(ledger, accountId, to, context.RequestAborted);
        if (problem is not null || size < from) return problem ?? LedgerEndpoints.NotSealed($"position {from}");
        return Answer.Of(await ledger.ConsistencyAsync(accountId, from!.Value, size, context.RequestAborted));
    }
}
