using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>
/// Adds what a question needs to know to the batch, and says how the answer is made of it once it is there and the
/// position is known that it shows.
/// </summary>
internal delegate Func<long, IResult> Question(QuestionParameters asked, QuestionBatch batch);

/// <summary>
/// Asks the read models of one account, in one round trip and in one snapshot: what an answer shows and the position it
/// says are of the same moment.
/// </summary>
internal sealed class AccountQuestion(Databases databases, ReadPosition reading, Moments moments, ICallers callers, WireNames names, QuestionsFirst first)
{
    /// <summary>Plans are made for what is asked: without one filter or with another the best way is a different one.</summary>
    private const string PlanEach = "set local plan_cache_mode = force_custom_plan";

    private readonly Totals _totals = new();

    /// <param name="context">The request.</param>
    /// <param name="allowed">The parameters that the question takes.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="moment">The one of them that says which moment it is about.</param>
    public async Task<IResult> AnswerAsync(HttpContext context, IReadOnlyList<string> allowed, Question question, string moment = ParameterNames.AsOf)
    {
        var asked = new QuestionParameters(context.Request, allowed) { Totals = _totals, Names = names };
        var (accountId, atLeast, asOf, read) = (AccountOf(context), asked.AtLeast(), asked.AsOf(moment), 0L);
        await using var batch = new AccountBatch(accountId);
        batch.Control("begin isolation level repeatable read read only");
        batch.Control(PlanEach);
        batch.Query("select position from process_deployment.read_position where account_id = $1", row =>
        {
            read = row.GetInt64(0);
            asked.Position = asked.Past?.Position ?? read;
        });
        var statements = new QuestionBatch(batch, asOf is null ? Moment.Now : Moment.Then);
        asked.PastTime = asOf?.Time;
        var answer = question(asked, statements);
        batch.Control("commit");

        if (asked.Errors.Count > 0) return Malformed(asked);
        if (await BehindAsync(accountId, atLeast, context.RequestAborted) is { } behind) return behind;
        if (asked.Earlier is { } earlier && await moments.WaitAsync(asked, earlier, accountId, context.RequestAborted) is { } notYet) return notYet;
        if (asOf is not null)
        {
            if (await moments.FindAsync(asked, asOf, accountId, context.RequestAborted) is { } missing) return missing;
            if (asked.Past!.Position < atLeast)
            {
                asked.Refuse(moment, "must not be before atLeast");
                return Malformed(asked);
            }

            statements.IsAbout(asked.Past.Position);
            asked.Past.Say(context.Response);
        }

        using var answering = first.Asked();
        // Not earlier: the read models that were waited for are written over the same pool.
        await using var connection = await databases.Shared.OpenConnectionAsync(context.RequestAborted);
        await batch.RunAsync(connection, context.RequestAborted);
        if (read < atLeast) return Behind(atLeast);
        return asked.Past is { } past ? Answer.About(past, answer(past.Position)) : answer(read);
    }

    /// <summary>Waits until answers contain a position; the problem when they do not in time.</summary>
    public async Task<Problem?> BehindAsync(string accountId, long atLeast, CancellationToken cancellation) =>
        atLeast == 0 || await reading.WaitAsync(accountId, atLeast, cancellation) ? null : Behind(atLeast);

    public string AccountOf(HttpContext context) => callers.Of(context).AccountId;

    public static Problem Malformed(QuestionParameters asked) => new("The question is malformed", 400, null, "malformed", asked.Errors);

    public static Problem Behind(long atLeast) => Problem.Unavailable($"The read models do not contain position {atLeast} yet.", "read-model-behind");
}

/// <summary>How questions are mapped: each with the parameters it takes; any other is refused.</summary>
internal static class QuestionMapping
{
    /// <summary>A question about domain state, now or at any moment of the past.</summary>
    public static RouteHandlerBuilder MapQuestion<TAnswer>(this IEndpointRouteBuilder api, string path, string name, string summary, string[] parameters, Question question) =>
        api.MapQuestion<TAnswer>(path, name, summary, [.. parameters, ParameterNames.AtLeast, ParameterNames.AsOf], ParameterNames.AsOf, question);

    /// <summary>One that has a parameter of its own for the moment.</summary>
    public static RouteHandlerBuilder MapQuestion<TAnswer>(
        this IEndpointRouteBuilder api, string path, string name, string summary, string[] parameters, string moment, Question question) =>
        api.MapGet(path, (HttpContext context, AccountQuestion asking) => asking.AnswerAsync(context, parameters, question, moment))
            .Describe(name, summary, parameters)
            .Produces<TAnswer>();

    /// <summary>What every question has in common in the API description.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string name, string summary, string[] parameters) =>
        endpoint.WithName(name).WithTags("Questions").WithSummary(summary)
            .WithMetadata(new TakesParameters(parameters))
            .Produces<Problem>(400, Problem.ContentType)
            .Produces<Problem>(503, Problem.ContentType);

    public static RouteHandlerBuilder MayBeUnknown(this RouteHandlerBuilder endpoint) => endpoint.Produces<Problem>(404, Problem.ContentType);
}

/// <summary>The query parameters of an endpoint, for its description.</summary>
internal sealed record TakesParameters(IReadOnlyList<string> Names);
