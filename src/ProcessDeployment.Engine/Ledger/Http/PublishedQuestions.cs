using System.Text.Json;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Questions.Asking;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Ledger.Http;

/// <summary>What of the ledger is published: the keys, and the checkpoints one after another. They show no account.</summary>
internal static class PublishedQuestions
{
    private const string JsonLines = "application/jsonl";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/ledger/keys", KeysAsync)
            .DescribeLedger("get-ledger-keys", "The public keys of the ledger, and the checkpoints that handed over from one to the next")
            .Produces<LedgerKeys>();
        api.MapGet("/ledger/checkpoints", CheckpointsAsync)
            .DescribeLedger("list-ledger-checkpoints", "The published checkpoints after a number, one DSSE envelope a line", After)
            .Produces<Dsse>(200, JsonLines);
    }

    private static async Task<IResult> KeysAsync(HttpContext context, LedgerReader ledger)
    {
        var asked = new QuestionParameters(context.Request, []);
        if (asked.Errors.Count > 0) return AccountQuestion.Malformed(asked);
        return await ledger.KeysAsync(context.RequestAborted) is { } keys ? Answer.Of(keys) : LedgerEndpoints.NotSealed("anything");
    }

    private static async Task CheckpointsAsync(HttpContext context, LedgerReader ledger)
    {
        var asked = new QuestionParameters(context.Request, [After]);
        var after = asked.Number(After, 0, long.MaxValue) ?? 0;
        if (asked.Errors.Count > 0)
        {
            await AccountQuestion.Malformed(asked).ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = JsonLines;
        await foreach (var checkpoint in ledger.CheckpointsAsync(after, context.RequestAborted))
            await context.Response.BodyWriter.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(checkpoint, WireJson.Options), (byte)'\n'], context.RequestAborted);
    }
}
