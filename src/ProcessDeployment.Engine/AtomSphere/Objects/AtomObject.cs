using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>Atoms. Creating one registers it; of what can be changed the engine keeps the name; clients may send the rest as they have it.</summary>
internal static class AtomObject
{
    private static readonly WireType Type = WireType.Of("Atom");
    private static readonly Column Nothing = new("null::text");

    private static readonly Source Rows = new()
    {
        Sql = """
            select a.atom_id, a.name, a.host_name, a.atom_type, a.status, a.registered_by, a.registered_at, a.deleted as gone
            from process_deployment.atom_history a where a.account_id = $1 and a.valid_to is null
            """,
        Key = [new("atom_id", ColumnKind.Id)],
        KeyOf = Source.IdOf,
        KnowsGone = true,
        Operators = [FilterOperator.EQUALS, FilterOperator.NOT_EQUALS, FilterOperator.CONTAINS, FilterOperator.NOT_CONTAINS],
        Filters = Source.By(
            ("name", new("name")),
            ("id", new("atom_id", ColumnKind.Id)),
            ("hostname", new("host_name")),
            ("status", new("status", Words: Type.Field("status").Words)),
            ("type", new("atom_type", Words: Type.Field("type").Words)),
            ("capabilities", Nothing),
            ("cloudId", Nothing),
            ("attachmentCloudId", Nothing),
            ("cloudMoleculeId", Nothing),
            ("instanceId", Nothing),
            ("isCloudAttachment", new("false", ColumnKind.Flag))),
        Read = row => new WireObject(Type)
        {
            ["id"] = row.GetGuid(0).ToString(),
            ["name"] = row.GetString(1),
            ["hostName"] = row.Text(2),
            ["type"] = row.GetString(3),
            ["status"] = row.GetString(4),
            ["createdBy"] = row.GetString(5),
            ["dateInstalled"] = row.Time(6),
            ["isCloudAttachment"] = false,
        },
    };

    public static readonly PlatformObject Object = new("Atom", Privilege.AtomRead)
    {
        Source = Rows,
        Gets = true,
        Queries = true,
        Create = CreateAsync,
        Update = UpdateAsync,
        Delete = (call, id) => call.EndAsync(Object!, id, new DeleteAtom { AtomId = PlatformCall.IdOf(Object!, id) }),
    };

    private static async Task<WireObject> CreateAsync(PlatformCall call, WireObject body)
    {
        var atomId = call.NewId("Atom");
        await call.SendAsync(new RegisterAtom
        {
            AtomId = atomId,
            Name = PlatformCall.TextIn(body, "name"),
            HostName = body.Text("hostName"),
            AtomType = body.Text("type") is { } type ? Enum.Parse<AtomType>(type, ignoreCase: true) : null,
        });
        return await call.GetAsync(Object, atomId.ToString());
    }

    private static async Task<WireObject> UpdateAsync(PlatformCall call, string id, WireObject body)
    {
        PlatformCall.Same(body, "id", id);
        if (body.Text("name") is { Length: > 0 } name) await call.SendAsync(new RenameAtom { AtomId = PlatformCall.IdOf(Object, id), Name = name });
        return await call.GetAsync(Object, id);
    }
}
