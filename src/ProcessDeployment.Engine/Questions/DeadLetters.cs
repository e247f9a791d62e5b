using System.Globalization;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.DeadLetters;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Questions.Asking;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>Messages that could not be brought to the domain: those of the account, and for the operator of the engine those too broken to name one.</summary>
internal static class DeadLetters
{
    private const int MostTake = 500;
    private const int DefaultTake = 100;
    private const string Path = "/dead-letters";
    private static readonly string[] Taken = [Cursor, Take];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(Path, AskAsync)
            .Describe("list-dead-letters", "Messages that could not be judged, newest first", Taken)
            .Produces<Listed<DeadLetter>>();
        EngineOperator.Only(api.MapGroup(Path).WithTags("Operations"), "Sending dead letters again is").MapPost("/{id}/replay", ReplayAsync)
            .WithName("replay-dead-letter").WithSummary("Send a dead letter again, unchanged")
            .WithDescription("It goes to the intake as it came, whatever channel it came by, and keeps its id: what took effect already does not take effect again. What cannot be judged this time either is among the dead letters again, under another number. 409 when not all of it was kept.")
            .Produces<LetterReplayed>(202).Produces<Problem>(403, Problem.ContentType).Produces<Problem>(409, Problem.ContentType).MayBeUnknown();
    }

    private static async Task<IResult> AskAsync(
        HttpContext context, DeadLetterStore store, AccountQuestion asking, EngineOperator @operator, ReadModels.ReadPosition reading)
    {
        var asked = new QuestionParameters(context.Request, Taken);
        var (accountId, cursor, take) = (asking.AccountOf(context), asked.Text(Cursor), (int)(asked.Number(Take, 1, MostTake) ?? DefaultTake));
        if (asked.Errors.Count == 0)
        {
            try
            {
                var page = await store.ListAsync(new(accountId, Nobodys: @operator.Is(accountId, context)), cursor, take, context.RequestAborted);
                return Answer.Of(new Listed<DeadLetter>(page.Items, page.Next, await reading.CurrentAsync(accountId, context.RequestAborted)));
            }
            catch (FormatException)
            {
                asked.Refuse(Cursor, "must be the next of an answer to this question");
            }
        }

        return AccountQuestion.Malformed(asked);
    }

    private static async Task<IResult> ReplayAsync(HttpContext context, string id, DeadLetterStore store, AccountQuestion asking)
    {
        // Wolverine's own have no number, and stand in its table.
        var replay = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await store.ReplayAsync(new(asking.AccountOf(context), Nobodys: true), number, context.RequestAborted)
            : new(ReplayEnd.None);
        return replay.End switch
        {
            ReplayEnd.Sent => Results.Json(new LetterReplayed(replay.CommandId), WireJson.Options, statusCode: 202),
            ReplayEnd.NotWhole => new Problem("It cannot be sent again", 409, "It was too large to be kept whole, or held what may be secret and was withheld. Its sender has to send it anew.", "not-whole"),
            _ => Problem.NotFound($"There is no dead letter {id} that can be sent again."),
        };
    }

    /// <summary>A letter that is on its way again.</summary>
    /// <param name="CommandId">The id to ask for what becomes of it; null where it has none that can be read.</param>
    internal sealed record LetterReplayed(Guid? CommandId);
}
