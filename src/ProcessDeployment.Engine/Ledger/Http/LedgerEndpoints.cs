using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Ledger.Http;

/// <summary>What is asked of the ledger. An account sees its own head and proofs; checkpoints and keys are for everybody.</summary>
internal static class LedgerEndpoints
{
    public static void MapLedger(this IEndpointRouteBuilder api)
    {
        StatusQuestion.Map(api);
        CheckpointQuestion.Map(api);
        ProofQuestions.Map(api);
        PublishedQuestions.Map(api);
        KeyRotation.Map(api);
    }

    public static RouteHandlerBuilder DescribeLedger(this RouteHandlerBuilder endpoint, string name, string summary, params string[] parameters) =>
        endpoint.Describe(name, summary, parameters).WithTags("Ledger");

    /// <summary>Sealing takes a moment; whoever is too early may come again.</summary>
    public static Problem NotSealed(string what) => Problem.Unavailable($"No checkpoint covers {what} yet.", "not-sealed-yet");

    /// <summary>The size that was asked for, or the last one that is sealed; the problem when it is not sealed.</summary>
    public static async Task<(long Size, Problem? Problem)> SizeAsync(LedgerReader ledger, string accountId, long? wanted, CancellationToken cancellation)
    {
        var size = await ledger.SizeAsync(accountId, cancellation);
        return (wanted ?? size) is var asked && asked > 0 && asked <= size ? (asked, null) : (0, NotSealed(wanted is null ? "an event of this account" : $"position {wanted}"));
    }
}
