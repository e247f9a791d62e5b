using ProcessDeployment.Engine.AtomSphere.Objects;
using ProcessDeployment.Engine.AtomSphere.Queries;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>The platform API of AtomSphere: a thin layer over commands and read models, for clients that were written for it.</summary>
internal static class PlatformServices
{
    private static readonly PlatformObject[] Objects =
    [
        ProcessObject.Object,
        AtomObject.Object,
        ProcessAtomAttachmentObject.Object,
        EnvironmentObject.Object,
        EnvironmentAtomAttachmentObject.Object,
        ProcessEnvironmentAttachmentObject.Object,
        ProcessSchedulesObject.Object,
        ProcessScheduleStatusObject.Object,
        ExecutionRequestObject.Object,
        ExecutionRecordObject.Object,
        EnvironmentExtensionsObject.Object,
    ];

    private static readonly PlatformOperation[] Operations = [ExecuteProcessOperation.Operation, CancelExecutionOperation.Operation];

    public static void AddPlatformApi(this IServiceCollection services, PlatformOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<PlatformRate>();
        services.AddSingleton<PlatformReading>();
        services.AddSingleton<Querying>();
        services.AddSingleton<PlatformObjects>();
        services.AddSingleton<PlatformEndpoint>();
        foreach (var about in Objects) services.AddSingleton(about);
        foreach (var operation in Operations) services.AddSingleton(operation);
    }

    /// <summary>One route for all of it: what is wrong is said in the platform's manner, down to objects that there are not.</summary>
    public static void MapPlatformApi(this IEndpointRouteBuilder app)
    {
        foreach (var root in PlatformEndpoint.Roots)
            app.Map($"{root}/{{accountId}}/{{**path}}", (Delegate)((HttpContext context, PlatformEndpoint platform) => platform.AnswerAsync(context))).ExcludeFromDescription();
    }
}
