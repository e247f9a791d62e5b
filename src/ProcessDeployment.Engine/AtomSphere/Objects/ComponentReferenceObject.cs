using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>What refers to what, in each revision of the one that refers. By its id a component tells who refers to it now.</summary>
internal static class ComponentReferenceObject
{
    private static readonly Column Parent = new("parent_id", ColumnKind.Id);
    private static readonly Column ParentRevision = new("parent_revision", ColumnKind.Number);
    private static readonly Column Component = new("component_id", ColumnKind.Id);

    private static readonly Source Rows = new()
    {
        Sql = """
            select r.from_id as parent_id, h.revision as parent_revision, r.to_id as component_id, upper(r.kind) as kind, h.valid_to is null and not h.deleted as current
            from process_deployment.component_reference r
            join process_deployment.component_history h on h.account_id = $1 and h.component_id = r.from_id and h.valid_from >= r.valid_from and (r.valid_to is null or h.valid_from < r.valid_to)
            where r.account_id = $1 and not exists (
                select from process_deployment.component_history l
                where l.account_id = $1 and l.component_id = h.component_id and l.valid_from = h.valid_to and l.revision = h.revision)
            """,
        Key = [Parent, ParentRevision, Component, new("kind")],
        Filters = Source.By(("parentComponentId", Parent), ("parentVersion", ParentRevision), ("componentId", Component), ("type", new("kind", Words: WireType.Of("References").Field("type").Words))),
        Find = id => Guid.TryParse(id, out var componentId) ? [(Component, componentId), (new("current", ColumnKind.Flag), true)] : null,
        Merge = parts => Of([.. parts.SelectMany(part => part.Objects("references"))]),
        Read = row => Of([Reference(row)]),
    };

    public static readonly PlatformObject Object = new("ComponentReference", Privilege.BuildRead) { Source = Rows, Gets = true, Queries = true };

    private static WireObject Of(List<object> references) => new("ComponentReference") { ["references"] = references };

    private static WireObject Reference(NpgsqlDataReader row) => new("References")
    {
        ["parentComponentId"] = row.GetGuid(0).ToString(),
        ["parentVersion"] = row.GetInt32(1),
        ["componentId"] = row.GetGuid(2).ToString(),
        ["type"] = row.GetString(3),
    };
}
