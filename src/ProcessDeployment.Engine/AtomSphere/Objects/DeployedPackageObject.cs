using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Operations;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>Packages in environments: the same as deployments, by the names of the newer model. Making one promotes the package, or deploys the latest revision where a component is named instead.</summary>
internal static class DeployedPackageObject
{
    private static readonly Source Rows = new()
    {
        Sql = $"""
            select d.process_id, d.made, d.version_number, d.environment_id, d.deployed_by, d.deployed_at, d.note, d.current, {PackagedComponentObject.Revision} as revision, {PackagedComponentObject.Label} as label,
                v.note as package_note, c.name as component_name, e.name as environment_name
            from ({DeployedVersions.Sql}) d
            join process_deployment.version_history v on v.account_id = $1 and v.process_id = d.process_id and v.version_number = d.version_number
            join process_deployment.component_history c on c.account_id = $1 and c.component_id = d.process_id and c.valid_to is null
            left join process_deployment.environment_history e on e.account_id = $1 and e.environment_id = d.environment_id and e.valid_to is null
            """,
        Key = [new("process_id", ColumnKind.Id), new("made", ColumnKind.Number)],
        KeyOf = PackedId.KeyOf,
        Filters = Source.By(
            ("uid", DeploymentId),
            ("deploymentId", DeploymentId),
            ("packageId", PackagedComponentObject.PackageId),
            ("packageVersion", new("label")),
            ("packageNotes", new("package_note")),
            ("notes", new("note")),
            ("current", new("current", ColumnKind.Flag)),
            ("active", new("current", ColumnKind.Flag)),
            ("componentId", new("process_id", ColumnKind.Id)),
            ("componentVersion", new("revision", ColumnKind.Number)),
            ("componentName", new("component_name")),
            ("componentType", new($"'{ComponentTypes.Process}'")),
            ("deployedBy", new("deployed_by")),
            ("deployedDate", new("deployed_at", ColumnKind.Time)),
            ("environmentId", new("environment_id", ColumnKind.Id)),
            ("environmentName", new("environment_name")),
            ("version", new("version_number", ColumnKind.Number)),
            ("accountId", new("$1")),
            ("branch", new("null::text"))),
        Read = row => new WireObject("DeployedPackage")
        {
            ["deploymentId"] = PackedId.Of(row.GetGuid(0), row.GetInt64(1)),
            ["packageId"] = PackedId.Of(row.GetGuid(0), row.GetInt32(2)),
            ["packageVersion"] = row.GetString(9),
            ["componentId"] = row.GetGuid(0).ToString(),
            ["componentType"] = ComponentTypes.Process,
            ["componentVersion"] = row.GetInt32(8),
            ["version"] = row.GetInt32(2),
            ["environmentId"] = row.Id(3)?.ToString(),
            ["deployedBy"] = row.GetString(4),
            ["deployedDate"] = row.Time(5),
            ["notes"] = row.Text(6),
            ["active"] = row.GetBoolean(7),
        },
    };

    public static readonly PlatformObject Object = new("DeployedPackage", Privilege.BuildRead) { Source = Rows, Gets = true, Queries = true, Create = CreateAsync, Delete = DeleteAsync };

    private static Column DeploymentId => new("process_id") { Packed = (new("process_id", ColumnKind.Id), new("made", ColumnKind.Number)) };

    private static async Task<WireObject> CreateAsync(PlatformCall call, WireObject body)
    {
        PlatformCall.Same(body, "componentType", ComponentTypes.Process);
        var environmentId = PlatformCall.IdIn(body, "environmentId");
        if (body.Text("packageId") is { Length: > 0 } packageId)
        {
            var (packaged, number) = PackagedComponentObject.NumberOf(packageId);
            return await call.GetAsync(Object, await DeployProcessOperation.PromoteAsync(call, packaged, number, environmentId, body.Text("notes")));
        }

        if (body.Text("componentId") is not { Length: > 0 }) throw PlatformException.Malformed("packageId", "is required, or componentId in its place");
        var processId = PlatformCall.IdIn(body, "componentId");
        var outcome = await Placing.DoAsync(call, processId, environmentId, new DeployProcess { ProcessId = processId, EnvironmentId = environmentId, Note = body.Text("notes"), ExpectedRevision = PlatformCall.NumberIfAny(body, "componentVersion") });
        return await call.GetAsync(Object, DeployedVersions.IdOf(processId, outcome)!);
    }

    /// <summary>Takes the Process out of the environment, if this is what is current there; a deployment of the past is over.</summary>
    private static async Task DeleteAsync(PlatformCall call, string id)
    {
        if (await call.AlreadyAsync() is not null) return;
        var deployed = await call.GetAsync(Object, id);
        if (deployed.Flag("active") is not true) throw PlatformException.Gone($"The deployment {WireValue.Shown(id)} is not active any more.");
        if (deployed.Text("environmentId") is not { } environmentId) throw PlatformException.Malformed("environmentId", "is none of this deployment: it is undeployed by detaching its Atoms");
        await call.SendAsync(new DetachProcessFromEnvironment { ProcessId = PlatformCall.IdIn(deployed, "componentId"), EnvironmentId = Guid.Parse(environmentId) });
    }
}
