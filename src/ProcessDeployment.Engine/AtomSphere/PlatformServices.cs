using ProcessDeployment.Engine.AtomSphere.Objects;
using ProcessDeployment.Engine.AtomSphere.Operations;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.Import;

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
        DeploymentObject.Object,
        PackagedComponentObject.Object,
        PackagedComponentManifestObject.Object,
        DeployedPackageObject.Object,
        ProcessSchedulesObject.Object,
        ProcessScheduleStatusObject.Object,
        ExecutionRequestObject.Object,
        ExecutionRecordObject.Object,
        EnvironmentExtensionsObject.Object,
        AuditLogObject.Object,
        AccountObject.Object,
        ComponentMetadataObject.Object,
        ComponentReferenceObject.Object,
    ];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE"];

    private static readonly PlatformOperation[] Operations =
    [
        ComponentOperation.Operation,
        ComponentDiff.Operation,
        DeployProcessOperation.Operation,
        DeployProcessOperation.Component,
        ExecuteProcessOperation.Operation,
        CancelExecutionOperation.Operation,
        ChangeListenerStatus.Operation,
        LicensingReport.Operation,
    ];

    public static void AddPlatformApi(this IServiceCollection services, PlatformOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<PlatformRate>();
        services.AddSingleton<PlatformReading>();
        services.AddSingleton<Querying>();
        services.AddSingleton<PlatformObjects>();
        services.AddSingleton(new ComponentReader(new Connectors(null)));
        services.AddSingleton<PlatformEndpoint>();
        foreach (var about in Objects) services.AddSingleton(about);
        foreach (var operation in Operations) services.AddSingleton(operation);
    }

    /// <summary>One route for all of it: what is wrong is said in the platform's manner, down to objects that there are not.</summary>
    public static void MapPlatformApi(this IEndpointRouteBuilder app)
    {
        foreach (var root in PlatformEndpoint.Roots)
            app.MapMethods($"{root}/{{accountId}}/{{**path}}", Methods, (Delegate)((HttpContext context, PlatformEndpoint platform) => platform.AnswerAsync(context))).ExcludeFromDescription();
    }
}
