using Npgsql;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Export;

/// <summary>
/// Every deployment of the period with what it changed and how it stands to the rules that auditors ask about; those that
/// break one once more in a list of their own.
/// </summary>
internal static class DeploymentsOfPeriod
{
    private static readonly string[] Header =
    [
        "position", "time", "deployedBy", "processId", "process", "version", "previousVersion", "difference", "note", "reason", "rollbackTo", "digest", "atoms",
        "result", "reasonGiven", "deployerIsNotReviser", "revisers",
    ];

    private static readonly string[] ExceptionHeader = ["position", "time", "deployedBy", "processId", "process", "version", "rule", "detail"];

    /// <summary>
    /// A version against the one before it: by component, what is new, gone or at another revision, and who made the revisions
    /// that came in with it. Two actors that were redacted may be one person or two.
    /// </summary>
    private const string Deployments = $"""
        select v.valid_from, v.deployed_at, v.deployed_by, v.process_id, coalesce(own.name, '') as process, v.version_number, p.version_number as previous_number, d.difference, v.note, v.reason, v.redeploy_of, v.digest,
            (select string_agg(distinct atom, ' ' order by atom) from jsonb_array_elements(v.targets) t cross join jsonb_array_elements_text(t -> 'atomIds') as atom) as atoms,
            coalesce(v.note, '') <> '' or coalesce(v.reason, '') <> '' as reason_given,
            case when v.deployed_by <> '{PersonalData.Marker}' and v.deployed_by = any(d.revisers) then 'no'
                when '{PersonalData.Marker}' = any(d.revisers) or v.deployed_by = '{PersonalData.Marker}' and d.revisers is not null then 'unknown'
                else 'yes' end as other_reviser,
            array_to_string(d.revisers, ' ') as revisers
        from process_deployment.version_history v
        left join process_deployment.version_history p on p.account_id = v.account_id and p.process_id = v.process_id and p.version_number = v.version_number - 1
        left join lateral (select m.value ->> 'name' as name from jsonb_array_elements(v.manifest) m where (m.value ->> 'componentId')::uuid = v.process_id) own on true
        cross join lateral (
            select string_agg(
                    case when b.id is null then concat('+', n.name, ' ', n.revision)
                        when n.id is null then concat('-', b.name, ' ', b.revision)
                        else concat(n.name, ' ', b.revision, '>', n.revision) end,
                    '; ' order by coalesce(n.name, b.name) collate "C", coalesce(n.id, b.id)) as difference,
                array_agg(distinct h.saved_by collate "C" order by h.saved_by collate "C") filter (where h.saved_by is not null) as revisers
            from (select (x.value ->> 'componentId')::uuid as id, x.value ->> 'name' as name, (x.value ->> 'revision')::int as revision from jsonb_array_elements(v.manifest) x) n
            full join (select (x.value ->> 'componentId')::uuid as id, x.value ->> 'name' as name, (x.value ->> 'revision')::int as revision from jsonb_array_elements(p.manifest) x) b on b.id = n.id
            left join lateral (
                select c.saved_by from process_deployment.component_history c
                where c.account_id = v.account_id and c.component_id = n.id and c.revision = n.revision and c.valid_from < v.valid_from order by c.valid_from limit 1) h on true
            where n.id is null or b.id is null or n.revision <> b.revision) d
        where v.account_id = $1 and v.valid_from between $2 and $3
        """;

    private const string InOrder = $"select * from ({Deployments}) d order by d.valid_from";

    /// <summary>What a version brought in is the dear part: it is asked for once, for both lists.</summary>
    public static async Task WriteAsync(Bundle bundle, NpgsqlConnection connection, ExportScope scope, CancellationToken cancellation)
    {
        await using var waiting = new SecondList();
        var exceptions = new Csv(ExceptionHeader);
        await bundle.WriteAsync("deployments.csv", file => Population.CsvAsync(
            file, connection, scope, Header, InOrder,
            row =>
            {
                foreach (var (rule, detail) in Broken(row)) exceptions.Line([.. Begin(row), rule, detail]);
                waiting.Write(exceptions.Drain());
                return Cells(row);
            },
            Population.Range(scope), cancellation));
        waiting.Write(exceptions.Drain());
        await bundle.WriteAsync("exceptions.csv", file => waiting.WriteToAsync(file, cancellation));
    }

    /// <summary>The rules that a deployment breaks, in their order.</summary>
    private static IEnumerable<(string Rule, string Detail)> Broken(NpgsqlDataReader row)
    {
        if (row.GetString(14) == "no") yield return ("deployer-is-not-reviser", $"{row.GetString(2)} also made a revision that came in with it");
        if (row.GetString(14) == "unknown") yield return ("deployer-is-not-reviser", "an actor was redacted: it cannot be told");
        if (!row.GetBoolean(13)) yield return ("reason-given", "neither a note nor a reason");
    }

    /// <summary>What a deployment and an exception of it both begin with.</summary>
    private static string[] Begin(NpgsqlDataReader row) =>
        [$"{row.GetInt64(0)}", Population.Time(row.Time(1)), row.GetString(2), $"{row.GetGuid(3)}", row.GetString(4), $"{row.GetInt32(5)}"];

    private static string?[] Cells(NpgsqlDataReader row) =>
    [
        .. Begin(row), row.Number(6)?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        row.Text(7), row.Text(8), row.Text(9), row.Number(10)?.ToString(System.Globalization.CultureInfo.InvariantCulture), row.GetString(11), row.Text(12), "accepted", Yes(row.GetBoolean(13)), row.GetString(14), row.Text(15),
    ];

    private static string Yes(bool kept) => kept ? "yes" : "no";
}
