using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Questions;

/// <summary>What became of a command, for whoever lost the answer. Not a read model: it is there as soon as the command took effect.</summary>
internal static class CommandOutcome
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/commands/{id}", AskAsync)
        .Describe("get-outcome", "What became of a command", [])
        .Produces<Outcome>()
        .MayBeUnknown();

    private static async Task<IResult> AskAsync(HttpContext context, Databases databases, AccountQuestion asking)
    {
        var asked = new QuestionParameters(context.Request, []);
        var commandId = asked.PathId();
        if (asked.Errors.Count > 0) return AccountQuestion.Malformed(asked);

        return await FindAsync(databases, asking.AccountOf(context), commandId, context.RequestAborted) is { } outcome ? Answer.Of(outcome) : Answer.Unknown("command", commandId);
    }

    /// <summary>Null for a command that was never judged.</summary>
    public static async Task<Outcome?> FindAsync(Databases databases, string accountId, Guid commandId, CancellationToken cancellation)
    {
        var outcomes = new OutcomeStore();
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using (var trip = new RoundTrip(connection))
        {
            OutcomeStore.LookUp(trip, [(accountId, commandId, outcomes)]);
            await trip.RunAsync(cancellation);
        }

        await using (var trip = new RoundTrip(connection))
        {
            OutcomeStore.RecallEvents(trip, [(accountId, outcomes)]);
            await trip.RunAsync(cancellation);
        }

        return outcomes.Find(commandId);
    }
}
