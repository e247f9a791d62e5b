using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>
/// Connections for a spreadsheet (R36): a line for each Process that holds a connection on an Atom. These repeat a
/// connection (R35), so each line says whether it is the one that counts; exempt connectors are listed and never count (#58).
/// </summary>
internal static class LicenceReport
{
    /// <summary>Names are looked up once for each component and Atom, not for each of perhaps a million lines.</summary>
    private static readonly MomentSql Sql = new(at => $"""
        with used as materialized (
            select * from ({LicensedPairs.Of(at)}) p where ($3 is null or p.component_id = $3) and ($4 is null or p.atom_id = $4)
                and ($6 is null or p.environment_id = $6) and ($7 is null or p.connector_class = $7)),
        components as materialized (
            select c.component_id, c.name, c.name_key, c.folder
            from (select distinct component_id from used) u {at.Component("c", "u.component_id")}),
        atoms as materialized (
            select a.atom_id, a.name, {AtomItem.NameKey} as name_key
            from (select distinct atom_id from used) u {at.Atom("a", "u.atom_id")}),
        environments as materialized (
            select n.environment_id, n.name
            from (select distinct environment_id from used where environment_id is not null) u {at.Environment("n", "u.environment_id")}),
        processes as materialized (
            select l.component_id as process_id, l.name, l.name_key
            from (select distinct process_id from used) u {at.Component("l", "u.process_id")}),
        lines as (
            select u.classification, u.atom_id, a.name as atom, u.component_id, c.name as component, u.connector_type, u.connector_class, c.folder, u.process_id, l.name as process,
                case when u.exempt then 'exempt'
                    when row_number() over (partition by u.connector_class, u.component_id, u.atom_id, u.exempt order by l.name_key, u.process_id) = 1 then 'counted'
                    else 'shared' end as licence,
                c.name_key as component_key, a.name_key as atom_key, l.name_key as process_key, u.environment_id, n.name as environment
            from used u
            left join environments n on n.environment_id = u.environment_id
            join components c on c.component_id = u.component_id
            join atoms a on a.atom_id = u.atom_id
            join processes l on l.process_id = u.process_id)
        select * from lines where $5 is null or process_id = $5
        order by connector_class, component_key, component_id, atom_key, atom_id, process_key, process_id
        """);

    private static readonly string[] Header =
    [
        "environmentId", "environmentName", "environmentClassification", "containerId", "containerName", "componentId", "componentName",
        "connectorType", "connectorClass", "folder", "processId", "processName", "licence",
    ];

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<string>(
        "/licences/report", "get-licence-report", "The connections as CSV, a line for each Process that holds one on an Atom", [Component, Atom, ParameterNames.Process, ParameterNames.Environment, Class], Ask);

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var download = new CsvDownload(asked.Response, "licences.csv", Header);
        batch.Stream(
            Sql,
            (row, cancellation) => download.LineAsync(
                asked.Position, cancellation, row.Id(14) is { } environmentId ? $"{environmentId}" : "", row.Text(15) ?? "", row.GetString(0), $"{row.GetGuid(1)}", row.GetString(2), $"{row.GetGuid(3)}", row.GetString(4),
                row.GetString(5), row.GetString(6), row.Text(7), $"{row.GetGuid(8)}", row.GetString(9), row.GetString(10)),
            Given.Id(asked.Id(Component)),
            Given.Id(asked.Id(Atom)),
            // After counting, so that a line says the same with and without this filter.
            Given.Id(asked.Id(ParameterNames.Process)),
            Given.Id(asked.Id(ParameterNames.Environment)),
            Given.Text(ClassIn(asked)));
        return download.EndingAt;
    }

    private static string? ClassIn(QuestionParameters asked)
    {
        if (asked.Raw(Class) is not { } given) return null;
        var classes = Enum.GetValues<ConnectorClass>().Select(WireWord.Of).ToList();
        if (!classes.Contains(given, StringComparer.Ordinal)) asked.Refuse(Class, $"must be one of {string.Join(", ", classes)}");
        return given;
    }
}
