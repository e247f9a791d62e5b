using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>Which Atom is in which environment. An Atom is in one at most: creating another attachment moves it.</summary>
internal static class EnvironmentAtomAttachmentObject
{
    private static readonly Source Rows = new()
    {
        Sql = "select m.environment_id, m.atom_id from process_deployment.environment_atom m where m.account_id = $1 and m.valid_to is null",
        Key = [new("environment_id", ColumnKind.Id), new("atom_id", ColumnKind.Id)],
        KeyOf = PairId.KeyOf,
        Filters = Source.By(("atomId", new("atom_id", ColumnKind.Id)), ("environmentId", new("environment_id", ColumnKind.Id))),
        Read = row => new WireObject("EnvironmentAtomAttachment")
        {
            ["id"] = PairId.Of(row.GetGuid(0), row.GetGuid(1)),
            ["environmentId"] = row.GetGuid(0).ToString(),
            ["atomId"] = row.GetGuid(1).ToString(),
        },
    };

    public static readonly PlatformObject Object = new("EnvironmentAtomAttachment", Privilege.AtomRead) { Source = Rows, Queries = true, Create = CreateAsync, Delete = DeleteAsync };

    private static async Task<WireObject> CreateAsync(PlatformCall call, WireObject body)
    {
        var (environmentId, atomId) = (PlatformCall.IdIn(body, "environmentId"), PlatformCall.IdIn(body, "atomId"));
        await call.SendAsync(new AttachAtomToEnvironment { EnvironmentId = environmentId, AtomId = atomId });
        return await call.GetAsync(Object, PairId.Of(environmentId, atomId));
    }

    private static Task DeleteAsync(PlatformCall call, string id)
    {
        var (environmentId, atomId) = PlatformCall.PairOf(Object, id);
        return call.EndAsync(Object, id, new DetachAtomFromEnvironment { EnvironmentId = environmentId, AtomId = atomId });
    }
}
