using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Operations;

/// <summary>
/// Deploying to an environment has the Process there, which takes two commands. Where nothing is current there yet it is attached
/// first: that starts nothing, and the deployment is audited with all that follows from it. Where something is, the deployment comes
/// first, so that no Atom begins with what was current before.
/// </summary>
internal static class Placing
{
    private static readonly MomentSql IsAnythingCurrent = new(_ => """
        select exists (select from process_deployment.environment_version e where e.account_id = $1 and e.process_id = $3 and e.environment_id = $4 and e.valid_to is null)
        """);

    /// <returns>What became of the deployment.</returns>
    public static async Task<Outcome> DoAsync(PlatformCall call, Guid processId, Guid environmentId, Command deploy)
    {
        PlatformCall.Check(deploy);
        var comesFirst = false;
        await call.Service<PlatformReading>().AskAsync(
            call.AccountId, batch => batch.Query(IsAnythingCurrent, row => comesFirst = row.GetBoolean(0), Given.Id(processId), Given.Id(environmentId)), call.Cancellation);
        if (comesFirst)
        {
            var outcome = await call.SendAsync(deploy);
            await AttachAsync();
            return outcome;
        }

        await AttachAsync();
        return await call.SendAsync(deploy);

        Task AttachAsync() => call.SendAsync(new AttachProcessToEnvironment { ProcessId = processId, EnvironmentId = environmentId }, part: "attach");
    }
}
