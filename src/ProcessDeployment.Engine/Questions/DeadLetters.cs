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
    private static readonly string[] Taken = [Cursor, Take];

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dead-letters", AskAsync)
        .Describe("list-dead-letters", "Messages that could not be judged, newest first", Taken)
        .Produces<Listed<DeadLetter>>();

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
}
