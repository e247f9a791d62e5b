using Npgsql;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>A Process deployed on an Atom, which has schedules, empty ones where nobody set any (R43), and a status of them.</summary>
internal static class ScheduledPair
{
    /// <summary>Those that are attached and have a version there: the current one, or that of the environment by which they are attached.</summary>
    public const string From = """
        from process_deployment.process_list p
        join process_deployment.attachment a on a.account_id = p.account_id and a.process_id = p.process_id and a.valid_to is null
        left join process_deployment.environment_version v
            on v.account_id = a.account_id and v.process_id = a.process_id and v.environment_id = a.environment_id and v.valid_to is null
        where p.account_id = $1 and case when a.environment_id is null then p.current_version else v.version_number end is not null
        """;

    public static readonly IReadOnlyList<Column> Key = [new("process_id", ColumnKind.Id), new("atom_id", ColumnKind.Id)];

    public static readonly IReadOnlyDictionary<string, Column> Filters = Source.By(("processId", Key[0]), ("atomId", Key[1]));

    /// <summary>An object about the pair in the first two columns of a row.</summary>
    public static WireObject Read(NpgsqlDataReader row, string type) => new(type)
    {
        ["id"] = PairId.Of(row.GetGuid(0), row.GetGuid(1)),
        ["processId"] = row.GetGuid(0).ToString(),
        ["atomId"] = row.GetGuid(1).ToString(),
    };

    /// <summary>The pair that a change is about.</summary>
    public static (Guid ProcessId, Guid AtomId) Of(PlatformObject about, string id, WireObject body)
    {
        var (processId, atomId) = PlatformCall.PairOf(about, id);
        PlatformCall.Same(body, "id", id);
        PlatformCall.Same(body, "processId", processId.ToString());
        PlatformCall.Same(body, "atomId", atomId.ToString());
        return (processId, atomId);
    }
}
