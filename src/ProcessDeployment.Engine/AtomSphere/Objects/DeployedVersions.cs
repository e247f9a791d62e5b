using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>
/// What was deployed where, a row for each time that a version was made current: in an environment, or where there are none on
/// all Atoms of the Process. The position at which it happened tells one from another. Deployments and deployed packages are both these.
/// </summary>
internal static class DeployedVersions
{
    /// <summary>A relation of account <c>$1</c>, to be put in brackets.</summary>
    public const string Sql = """
        select v.process_id, v.valid_from as made, v.version_number, null::uuid as environment_id, v.deployed_by, v.deployed_at, v.note, v.digest, v.valid_to is null as current
        from process_deployment.version_history v
        where v.account_id = $1 and v.targets <> '[]'::jsonb and v.targets -> 0 ->> 'environmentId' is null
        union all
        select e.process_id, e.valid_from, e.version_number, e.environment_id, e.deployed_by, e.deployed_at, e.note, v.digest, e.valid_to is null and exists (
            select from process_deployment.environment_process m
            where m.account_id = $1 and m.process_id = e.process_id and m.environment_id = e.environment_id and m.valid_to is null)
        from process_deployment.environment_version e
        join process_deployment.version_history v on v.account_id = $1 and v.process_id = e.process_id and v.version_number = e.version_number
        where e.account_id = $1
        """;

    private static readonly MomentSql Latest = new(_ => """
        select e.valid_from from process_deployment.environment_version e
        where e.account_id = $1 and e.process_id = $3 and e.version_number = $4 and e.environment_id = $5 order by e.valid_from desc limit 1
        """);

    /// <summary>The id of the deployment that a command made; null where it was so before.</summary>
    public static string? IdOf(Guid processId, Outcome outcome) => outcome.Events.FirstOrDefault(IsDeployment) is { } made ? PackedId.Of(processId, made.Position) : null;

    /// <summary>The id of the latest deployment of a version in an environment.</summary>
    /// <exception cref="PlatformException">There was none.</exception>
    public static async Task<string> IdOfAsync(PlatformCall call, Guid processId, int number, Guid environmentId)
    {
        long? made = null;
        await call.Service<PlatformReading>().AskAsync(
            call.AccountId, batch => batch.Query(Latest, row => made = row.GetInt64(0), Given.Id(processId), Given.Number(number), Given.Id(environmentId)), call.Cancellation);
        return made is { } position ? PackedId.Of(processId, position) : throw PlatformException.NotFound($"Version {number} was never deployed in {environmentId}.");
    }

    private static bool IsDeployment(EventReference happened) => happened.Type.StartsWith("processdeployment.version-deployed.", StringComparison.Ordinal) || happened.Type.StartsWith("processdeployment.version-promoted.", StringComparison.Ordinal);
}
