using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>Processes: the live components that can run. Integration packs there are none.</summary>
internal static class ProcessObject
{
    private static readonly Column Nothing = new("null::text");

    private static readonly Source Rows = new()
    {
        Sql = "select p.process_id, p.name from process_deployment.process_list p where p.account_id = $1",
        Key = [new("process_id", ColumnKind.Id)],
        KeyOf = Source.IdOf,
        Filters = Source.By(("name", new("name")), ("id", new("process_id", ColumnKind.Id)), ("integrationPackId", Nothing), ("integrationPackInstanceId", Nothing)),
        Read = row => new WireObject("Process") { ["id"] = row.GetGuid(0).ToString(), ["name"] = row.GetString(1) },
    };

    public static readonly PlatformObject Object = new("Process", Privilege.BuildRead) { Source = Rows, Gets = true, Queries = true };
}
