using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>Deployments of the older model: making one deploys the latest revision, to the environment that is named.</summary>
internal static class DeploymentObject
{
    private static readonly Source Rows = new()
    {
        Sql = DeployedVersions.Sql,
        Key = [new("process_id", ColumnKind.Id), new("made", ColumnKind.Number)],
        KeyOf = PackedId.KeyOf,
        Filters = Source.By(
            ("environmentId", new("environment_id", ColumnKind.Id)),
            ("processId", new("process_id", ColumnKind.Id)),
            ("componentId", new("process_id", ColumnKind.Id)),
            ("componentType", new($"'{ComponentTypes.Process}'")),
            ("current", new("current", ColumnKind.Flag))),
        Read = row => new WireObject("Deployment")
        {
            ["id"] = PackedId.Of(row.GetGuid(0), row.GetInt64(1)),
            ["processId"] = row.GetGuid(0).ToString(),
            ["componentId"] = row.GetGuid(0).ToString(),
            ["componentType"] = ComponentTypes.Process,
            ["version"] = row.GetInt32(2),
            ["environmentId"] = row.Id(3)?.ToString(),
            ["deployedBy"] = row.GetString(4),
            ["deployedOn"] = row.Time(5),
            ["notes"] = row.Text(6),
            ["digest"] = row.GetString(7),
            ["current"] = row.GetBoolean(8),
        },
    };

    public static readonly PlatformObject Object = new("Deployment", Privilege.BuildRead) { Source = Rows, Gets = true, Queries = true, Create = CreateAsync };

    private static async Task<WireObject> CreateAsync(PlatformCall call, WireObject body)
    {
        PlatformCall.Same(body, "componentType", ComponentTypes.Process);
        var processId = PlatformCall.IdIn(body, body.Text("processId") is { Length: > 0 } ? "processId" : "componentId");
        var outcome = await call.SendAsync(new DeployProcess { ProcessId = processId, EnvironmentId = PlatformCall.IdIfAny(body, "environmentId"), Note = body.Text("notes") });
        return await call.GetAsync(Object, DeployedVersions.IdOf(processId, outcome)!);
    }
}
