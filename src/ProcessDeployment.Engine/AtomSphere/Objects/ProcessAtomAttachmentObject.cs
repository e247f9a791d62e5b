using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>Which Process is attached to which Atom, by itself or through an environment: what is done with the one is seen in the other.</summary>
internal static class ProcessAtomAttachmentObject
{
    private static readonly Source Rows = new()
    {
        // By way of the Processes of the account: attachments are found by their Process, whatever else other accounts have.
        Sql = """
            select a.process_id, a.atom_id from process_deployment.process_list p
            join process_deployment.attachment a on a.account_id = p.account_id and a.process_id = p.process_id and a.valid_to is null
            where p.account_id = $1
            """,
        Key = [new("process_id", ColumnKind.Id), new("atom_id", ColumnKind.Id)],
        KeyOf = PairId.KeyOf,
        Filters = Source.By(("atomId", new("atom_id", ColumnKind.Id)), ("processId", new("process_id", ColumnKind.Id)), ("componentType", AttachedType.Column)),
        Read = row => new WireObject("ProcessAtomAttachment")
        {
            ["id"] = PairId.Of(row.GetGuid(0), row.GetGuid(1)),
            ["processId"] = row.GetGuid(0).ToString(),
            ["atomId"] = row.GetGuid(1).ToString(),
            ["componentType"] = ComponentTypes.Process,
        },
    };

    public static readonly PlatformObject Object = new("ProcessAtomAttachment", Privilege.BuildRead) { Source = Rows, Queries = true, Create = CreateAsync, Delete = DeleteAsync };

    private static async Task<WireObject> CreateAsync(PlatformCall call, WireObject body)
    {
        AttachedType.Check(body);
        var (processId, atomId) = (PlatformCall.IdIn(body, "processId"), PlatformCall.IdIn(body, "atomId"));
        await call.SendAsync(new AttachAtoms { ProcessId = processId, AtomIds = [atomId] });
        return await call.GetAsync(Object, PairId.Of(processId, atomId));
    }

    private static Task DeleteAsync(PlatformCall call, string id)
    {
        var (processId, atomId) = PlatformCall.PairOf(Object, id);
        return call.EndAsync(Object, id, new DetachAtoms { ProcessId = processId, AtomIds = [atomId] });
    }
}
