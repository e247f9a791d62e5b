using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>All questions.</summary>
internal static class QuestionEndpoints
{
    public static void AddQuestions(this IServiceCollection services)
    {
        services.AddSingleton<AccountQuestion>();
    }

    /// <summary>Maps the questions below the root of the API.</summary>
    public static void MapQuestions(this IEndpointRouteBuilder api)
    {
        Processes.Map(api);
        OneProcess.Map(api);
        ProcessAttachments.Map(api);
        Versions.Map(api);
        OneVersion.Map(api);
    }
}
