using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>What is in a package: each component of the version with its revision.</summary>
internal static class PackagedComponentManifestObject
{
    private static readonly Source Rows = new()
    {
        Sql = "select v.process_id, v.version_number, v.manifest from process_deployment.version_history v where v.account_id = $1",
        Key = [new("process_id", ColumnKind.Id), new("version_number", ColumnKind.Number)],
        KeyOf = PackedId.KeyOf,
        Filters = Source.By(),
        Read = row => new WireObject("PackagedComponentManifest")
        {
            ["packageId"] = PackedId.Of(row.GetGuid(0), row.GetInt32(1)),
            ["componentInfo"] = row.List<Pinned>(2).Select(object (pinned) => new WireObject("ComponentInfo") { ["id"] = pinned.ComponentId.ToString(), ["version"] = pinned.Revision }).ToList(),
        },
    };

    public static readonly PlatformObject Object = new("PackagedComponentManifest", Privilege.BuildRead) { Source = Rows, Gets = true };

    private sealed record Pinned(Guid ComponentId, int Revision);
}
