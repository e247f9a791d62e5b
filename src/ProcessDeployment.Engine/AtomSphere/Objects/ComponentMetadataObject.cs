using System.Globalization;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>Components without their content: each revision is one of these, as on the platform. Folders are known by their paths; there are no branches and no copies.</summary>
internal static class ComponentMetadataObject
{
    private static readonly WireType Type = WireType.Of("ComponentMetadata");
    private static readonly string[] Changed = ["name", "folderName", "folderId"];
    private static readonly Column Nothing = new("null::text");

    /// <summary>The last row of each revision; what was deleted stays, marked, since clients ask for it by that.</summary>
    private static readonly Source Rows = new()
    {
        Sql = """
            select h.component_id, h.revision, h.name, h.component_type, h.connector_type as sub_type, h.folder, h.saved_by, h.saved_at, h.deleted, h.valid_to is null as current,
                f.saved_by as created_by, f.saved_at as created_at
            from process_deployment.component_history h
            cross join lateral (
                select o.saved_by, o.saved_at from process_deployment.component_history o where o.account_id = $1 and o.component_id = h.component_id order by o.valid_from limit 1) f
            where h.account_id = $1 and not exists (
                select from process_deployment.component_history l
                where l.account_id = $1 and l.component_id = h.component_id and l.valid_from = h.valid_to and l.revision = h.revision)
            """,
        Key = [new("component_id", ColumnKind.Id), new("revision", ColumnKind.Number)],
        Filters = Source.By(
            ("accountId", new("$1")),
            ("componentId", new("component_id", ColumnKind.Id)),
            ("version", new("revision", ColumnKind.Number)),
            ("name", new("name")),
            ("type", new("component_type", Words: Type.Field("type").Words)),
            ("subType", new("sub_type")),
            ("createdDate", new("created_at", ColumnKind.Time)),
            ("createdBy", new("created_by")),
            ("modifiedDate", new("saved_at", ColumnKind.Time)),
            ("modifiedBy", new("saved_by")),
            ("deleted", new("deleted", ColumnKind.Flag)),
            ("currentVersion", new("current", ColumnKind.Flag)),
            ("folderName", new("folder")),
            ("folderId", new("folder")),
            ("copiedFromComponentId", Nothing),
            ("copiedFromComponentVersion", new("null::bigint", ColumnKind.Number)),
            ("branchName", Nothing),
            ("branchId", Nothing)),
        Find = id => Parse(id) switch
        {
            null => null,
            (var componentId, null) => [(new("component_id", ColumnKind.Id), componentId), (new("current", ColumnKind.Flag), true)],
            (var componentId, { } revision) => [(new("component_id", ColumnKind.Id), componentId), (new("revision", ColumnKind.Number), (long)revision)],
        },
        Read = Read,
    };

    public static readonly PlatformObject Object = new("ComponentMetadata", Privilege.BuildRead)
    {
        Source = Rows,
        Gets = true,
        Queries = true,
        Create = CreateAsync,
        Update = UpdateAsync,
        Delete = (call, id) => call.SendAsync(new DeleteComponent { ComponentId = PlatformCall.IdOf(Object!, id) }),
    };

    /// <summary>The revision of a component that a path names; the newest where it names none: as <c>id</c> or <c>id~revision</c>.</summary>
    public static (Guid ComponentId, int? Revision)? Parse(string id)
    {
        var parts = id.Split('~', 2);
        if (!Guid.TryParse(parts[0], out var componentId)) return null;
        if (parts.Length == 1) return (componentId, null);
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision > 0 ? (componentId, revision) : null;
    }

    private static WireObject Read(NpgsqlDataReader row) => new(Type)
    {
        ["componentId"] = row.GetGuid(0).ToString(),
        ["version"] = row.GetInt32(1),
        ["name"] = row.GetString(2),
        ["type"] = row.GetString(3),
        ["subType"] = row.Text(4),
        ["folderName"] = row.Text(5),
        ["folderId"] = row.Text(5),
        ["modifiedBy"] = row.GetString(6),
        ["modifiedDate"] = row.Time(7),
        ["deleted"] = row.GetBoolean(8),
        ["currentVersion"] = row.GetBoolean(9),
        ["createdBy"] = row.GetString(10),
        ["createdDate"] = row.Time(11),
    };

    private static async Task<WireObject> CreateAsync(PlatformCall call, WireObject body)
    {
        var componentId = call.NewId("Component");
        await call.SendAsync(new SaveComponentV2
        {
            ComponentId = componentId,
            ComponentType = PlatformCall.TextIn(body, "type"),
            Name = PlatformCall.TextIn(body, "name"),
            Folder = body.Text("folderName") ?? body.Text("folderId"),
        });
        return await call.GetAsync(Object, componentId.ToString());
    }

    /// <summary>Another name or folder: the component is saved again as it is, but for that.</summary>
    private static async Task<WireObject> UpdateAsync(PlatformCall call, string id, WireObject body)
    {
        if (!Changed.Any(body.Has)) throw PlatformException.Malformed("name", "or folderName must be given");
        if (await call.AlreadyAsync() is not null) return await call.GetAsync(Object, id);
        var saved = await SavedComponent.ReadAsync(call, PlatformCall.IdOf(Object, id));
        await call.SendAsync(saved with { Name = body.Text("name") ?? saved.Name, Folder = body.Text("folderName") ?? body.Text("folderId") ?? saved.Folder });
        return await call.GetAsync(Object, id);
    }
}
