using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>All questions.</summary>
internal static class QuestionEndpoints
{
    public static void AddQuestions(this IServiceCollection services)
    {
        services.AddSingleton<Moments>();
        services.AddSingleton<WireNames>();
        services.AddSingleton<QuestionsFirst>();
        services.AddSingleton<AccountQuestion>();
        services.AddSingleton<Changes>();
    }

    /// <summary>Maps the questions below the root of the API.</summary>
    public static void MapQuestions(this IEndpointRouteBuilder api)
    {
        Processes.Map(api);
        Folders.Map(api);
        OneProcess.Map(api);
        ProcessAttachments.Map(api);
        Versions.Map(api);
        OneVersion.Map(api);
        Diff.Map(api);
        ProcessHistory.Map(api);
        Replay.Map(api);
        Components.Map(api);
        OneComponent.Map(api);
        Revisions.Map(api);
        RevisionContent.Map(api);
        Impact.Map(api);
        BundleSkew.Map(api);
        Atoms.Map(api);
        OneAtom.Map(api);
        AtomDeployments.Map(api);
        ProcessOnAtom.Map(api);
        Executions.Map(api);
        OneExecution.Map(api);
        Environments.Map(api);
        Licences.Map(api);
        LicenceReport.Map(api);
        Audit.Map(api);
        AuditDiff.Map(api);
        Changes.Map(api);
        CommandOutcome.Map(api);
        DeadLetters.Map(api);
        Webhooks.Map(api);
    }
}
