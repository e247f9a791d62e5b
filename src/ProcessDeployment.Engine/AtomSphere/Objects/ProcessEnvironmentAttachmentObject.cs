using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>Which Process is attached to which environment: it runs on every Atom there.</summary>
internal static class ProcessEnvironmentAttachmentObject
{
    private static readonly Source Rows = new()
    {
        Sql = """
            select m.process_id, m.environment_id from process_deployment.process_list p
            join process_deployment.environment_process m on m.account_id = p.account_id and m.process_id = p.process_id and m.valid_to is null
            where p.account_id = $1
            """,
        Key = [new("process_id", ColumnKind.Id), new("environment_id", ColumnKind.Id)],
        KeyOf = PairId.KeyOf,
        Filters = Source.By(("environmentId", new("environment_id", ColumnKind.Id)), ("processId", new("process_id", ColumnKind.Id)), ("componentType", AttachedType.Column)),
        Read = row => new WireObject("ProcessEnvironmentAttachment")
        {
            ["id"] = PairId.Of(row.GetGuid(0), row.GetGuid(1)),
            ["processId"] = row.GetGuid(0).ToString(),
            ["environmentId"] = row.GetGuid(1).ToString(),
            ["componentType"] = ComponentTypes.Process,
        },
    };

    public static readonly PlatformObject Object = new("ProcessEnvironmentAttachment", Privilege.AtomRead) { Source = Rows, Queries = true, Create = CreateAsync, Delete = DeleteAsync };

    private static async Task<WireObject> CreateAsync(PlatformCall call, WireObject body)
    {
        AttachedType.Check(body);
        var (processId, environmentId) = (PlatformCall.IdIn(body, "processId"), PlatformCall.IdIn(body, "environmentId"));
        await call.SendAsync(new AttachProcessToEnvironment { ProcessId = processId, EnvironmentId = environmentId });
        return await call.GetAsync(Object, PairId.Of(processId, environmentId));
    }

    private static Task DeleteAsync(PlatformCall call, string id)
    {
        var (processId, environmentId) = PlatformCall.PairOf(Object, id);
        return call.EndAsync(Object, id, new DetachProcessFromEnvironment { ProcessId = processId, EnvironmentId = environmentId });
    }
}
