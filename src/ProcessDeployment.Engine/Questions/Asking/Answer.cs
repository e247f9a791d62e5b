using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>What a question is answered with.</summary>
internal static class Answer
{
    public static IResult Of<T>(T answer) => Results.Json(answer, WireJson.Options);

    /// <summary>The same answer about the past, saying so.</summary>
    public static IResult About(PastMoment past, IResult answer) => answer is IValueHttpResult { Value: { } value } ? new PastAnswer(value, past) : answer;

    public static IResult Unknown(string what, Guid id) => Problem.NotFound($"There is no {what} {id}.");
}
