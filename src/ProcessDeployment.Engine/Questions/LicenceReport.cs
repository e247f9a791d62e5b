using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>
/// Connections for a spreadsheet (R36): a line for each Process that holds a connection on an Atom. These repeat a
/// connection (R35), so each line says whether it is the one that counts; exempt connectors are listed and never count (#58).
/// </summary>
internal static class LicenceReport
{
    private static readonly string Sql = $"""
        select 'PROD', t.atom_id, a.name, p.component_id, c.name, p.connector_type, p.connector_class, c.folder, p.process_id, l.name,
            case when p.exempt then 'exempt'
                when row_number() over (partition by p.connector_class, p.component_id, t.atom_id, p.exempt order by l.name_key, p.process_id) = 1 then 'counted'
                else 'shared' end
        from process_deployment.pinned_component p
        join process_deployment.attachment t on t.account_id = $1 and t.process_id = p.process_id and {Now.Holds("t")}
        {Now.Component("c", "p.component_id")}
        {Now.Component("l", "p.process_id")}
        {Now.Atom("a", "t.atom_id")}
        where p.account_id = $1 and p.connector_class is not null and {Now.Holds("p")}
        order by p.connector_class, c.name_key, p.component_id, {AtomItem.NameKey}, t.atom_id, l.name_key, p.process_id
        """;

    private static readonly string[] Header =
    [
        "environmentId", "environmentName", "environmentClassification", "containerId", "containerName", "componentId", "componentName",
        "connectorType", "connectorClass", "folder", "processId", "processName", "licence",
    ];

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<string>(
        "/licences/report", "get-licence-report", "The connections as CSV, a line for each Process that holds one on an Atom", [Component, Atom, ParameterNames.Process], Ask);

    private static Func<long, IResult> Ask(QuestionParameters asked, AccountBatch batch)
    {
        var (component, atom, process) = (asked.Id(Component), asked.Id(Atom), asked.Id(ParameterNames.Process));
        var csv = new Csv(Header);
        batch.Query(
            Sql,
            row =>
            {
                // After counting, so that a line says the same with and without filters.
                if ((component ?? row.GetGuid(3)) != row.GetGuid(3) || (atom ?? row.GetGuid(1)) != row.GetGuid(1) || (process ?? row.GetGuid(8)) != row.GetGuid(8)) return;
                csv.Line(
                    "", "", row.GetString(0), $"{row.GetGuid(1)}", row.GetString(2), $"{row.GetGuid(3)}", row.GetString(4),
                    row.GetString(5), row.GetString(6), row.Text(7), $"{row.GetGuid(8)}", row.GetString(9), row.GetString(10));
            });
        return position => new PlainText(csv.ToString(), "text/csv; charset=utf-8; header=present", position, FileName: "licences.csv");
    }
}
