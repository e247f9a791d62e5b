using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Objects;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Operations;

/// <summary>The older way to promote: a deployment that there is, by its id and digest, to another environment. Exactly that version goes there.</summary>
internal static class DeployProcessOperation
{
    public static readonly PlatformOperation Operation = Of("deployProcess");

    public static readonly PlatformOperation Component = Of("deployComponent");

    private static PlatformOperation Of(string name) => new(name, Privilege.BuildRead, (call, rest) => AnswerAsync(name, call, rest));

    private static async Task AnswerAsync(string name, PlatformCall call, string[] rest)
    {
        if (rest is not [var deploymentId, var environment, var digest] || !HttpMethods.IsPost(call.Context.Request.Method))
            throw PlatformException.NotFound($"What can be done with {name} is POST {name}/{{deploymentId}}/{{environmentId}}/{{digest}}.");
        if (!Guid.TryParse(environment, out var environmentId)) throw PlatformException.NotFound($"There is no environment {WireValue.Shown(environment)}.");
        var deployment = await call.GetAsync(DeploymentObject.Object, deploymentId);
        if (!string.Equals(deployment.Text("digest"), digest, StringComparison.OrdinalIgnoreCase)) throw PlatformException.Malformed("digest", "must be that of the deployment");
        var processId = PlatformCall.IdIn(deployment, "processId");
        await PromoteAsync(call, processId, (int)deployment.Number("version")!.Value, environmentId, call.Context.Request.Query["notes"]);
        await PlatformForm.WriteMessageAsync(call.Context, 200, $"{name}Response", $"Version {deployment.Number("version")} is deployed in {environmentId}.");
    }

    /// <summary>Makes a version current in an environment, and has the Process there.</summary>
    /// <returns>The id of the deployment.</returns>
    public static async Task<string> PromoteAsync(PlatformCall call, Guid processId, int number, Guid environmentId, string? note) =>
        DeployedVersions.IdOf(processId, await Placing.DoAsync(call, processId, environmentId, new PromoteVersion { ProcessId = processId, TargetVersion = number, EnvironmentId = environmentId, Note = note }))
        ?? await DeployedVersions.IdOfAsync(call, processId, number, environmentId);
}
