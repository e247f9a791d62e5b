using System.Globalization;
using System.Text.Json;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Engine.Tests.ReadModels;

/// <summary>The same facts twice, as comparable text: from the tables by SQL, and from the oracle's fold of the events.</summary>
internal static class Picture
{
    public static async Task<string> ListsAsync(EngineFixture engine, string accountId)
    {
        var lines = new List<string>();
        await foreach (var row in engine.RowsAsync(
            """
            select process_id, name, folder, latest_revision, current_version, deployed_at, deployed_by, array_to_string(atom_ids, ','), revised, reasons::text
            from process_deployment.process_list where account_id = $1 order by process_id
            """, accountId))
        {
            var reasons = JsonSerializer.Deserialize<List<ReasonItem>>(row.GetString(9), WireJson.Options)!;
            lines.Add(Line("process", row.GetGuid(0), row.GetString(1), row[2], row.GetInt32(3), row[4], row[5], row[6], row.GetString(7), row.GetBoolean(8), Text(reasons)));
        }

        await foreach (var row in engine.RowsAsync(
            """
            select process_id, version_number, deployed_at, deployed_by, note, redeploy_of, identical_to, valid_to is null, digest, jsonb_array_length(manifest), targets #>> '{0,atomIds}', label, withdrawn_from is not null
            from process_deployment.version_history where account_id = $1 order by process_id, version_number
            """, accountId))
            lines.Add(Line("version", Values(row)));
        await foreach (var row in engine.RowsAsync(
            """
            select e.position, e.time, e.actor, e.type, e.component_id, (
                select string_agg(a.atom_id::text, ',' order by a.atom_id) from process_deployment.audit_atom a where a.account_id = $1 and a.position = e.position)
            from process_deployment.audit_entry e where e.account_id = $1 order by e.position
            """, accountId))
            lines.Add(Line("audit", Values(row)));
        return string.Join('\n', lines);
    }

    public static string Lists(AccountPicture oracle) => string.Join('\n', oracle.Processes.Values.OrderBy(p => p.ProcessId).Select(p => Line(
            "process", p.ProcessId, p.Name, p.Folder, p.LatestRevision, p.CurrentVersion, p.DeployedAt, p.DeployedBy, string.Join(',', p.Atoms), p.RevisedSinceDeploy, Text(p.Reasons)))
        .Concat(oracle.Versions.OrderBy(v => v.Key).SelectMany(versions => versions.Value.Select(v => Line(
            "version", versions.Key, v.VersionNumber, v.DeployedAt, v.DeployedBy, v.Note, v.RedeployOf, v.IdenticalTo, v == versions.Value[^1], v.Digest, v.Manifest.Count,
            v.Targets.Count == 0 ? null : $"[{string.Join(", ", v.Targets[0].AtomIds.Select(id => $"\"{id}\""))}]", v.Label, v.Withdrawn))))
        .Concat(oracle.Audit.Select(a => Line("audit", a.Position, a.Time, a.Actor, a.Type, a.ComponentId, a.AtomIds.Count == 0 ? null : string.Join(',', a.AtomIds)))));

    /// <summary>What held at a position: only the ranges are asked, as <c>asOf</c> will.</summary>
    public static async Task<string> PastAsync(EngineFixture engine, string accountId, long position)
    {
        var lines = new List<string>();
        foreach (var sql in new[]
        {
            "select 'component', component_id, component_type, name, folder, revision, deleted, changed_by, changed_at from component_history",
            "select 'atom', atom_id, name, host_name, time_zone, deleted, status from atom_history",
            "select 'environment', environment_id, name, classification, place, deleted from environment_history",
            "select 'atom in', environment_id, atom_id from environment_atom",
            "select 'process in', environment_id, process_id from environment_process",
            "select 'current in', environment_id, process_id, version_number from environment_version",
            "select 'environments', enabled from environment_use_history",
            "select 'attached', process_id, atom_id, attached_at from attachment",
            "select 'download', process_id, atom_id, version_number, failed, acknowledged_version, message from download",
            "select 'extension', process_id, atom_id, key, secret, value, use_default from extension_value",
            "select 'scheduled', process_id, atom_id, time_zone, jsonb_array_length(schedules), coalesce((retry ->> 'maxRetry')::int, 0) from schedule_list",
            "select 'schedules', process_id, atom_id, status, suspended_for from schedule_status",
            "select 'listener', process_id, atom_id, status from listener_status",
            "select 'webhook', webhook_id, url, enabled from webhook",
            "select 'pinned', process_id, component_id, revision, content_hash from pinned_component",
            "select 'refers', from_id, to_id, kind from component_reference",
            "select 'current', process_id, version_number from version_history",
            "select 'pool', class, purchased from licence_pool_history",
            "select 'mode', mode from licence_mode_history",
            "select distinct 'licence', class, classification, component_id, atom_id from licence_use",
        })
        {
            var held = sql.Replace("from ", "from process_deployment.", StringComparison.Ordinal)
                + " where account_id = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)";
            await foreach (var row in engine.RowsAsync(held, accountId, position)) lines.Add(Line("", Values(row)));
        }

        await foreach (var row in engine.RowsAsync(
            """
            select 'execution', execution_id, process_id, atom_id, kind, case when ended_from <= $2 then ended_as when started_from <= $2 then 'STARTED' else 'REQUESTED' end,
                case when started_from <= $2 then started_version else version_number end, coalesce(cancelled_from <= $2, false), parent_id, top_level_id, case when ended_from <= $2 then message end
            from process_deployment.execution where account_id = $1 and begun_from <= $2
            """, accountId, position))
            lines.Add(Line("", Values(row)));
        await foreach (var row in engine.RowsAsync(
            """
            select 'package', process_id, version_number, case when label_from <= $2 then label end, coalesce(withdrawn_from <= $2, false)
            from process_deployment.version_history where account_id = $1 and (label_from <= $2 or withdrawn_from <= $2)
            """, accountId, position))
            lines.Add(Line("", Values(row)));
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    public static string Past(IEnumerable<RecordedEvent> until) => string.Join('\n', PastFold.Of(until).Select(values => Line("", values)).Order(StringComparer.Ordinal));

    private static string Text(IEnumerable<ReasonItem> reasons) => string.Join(';', reasons.OrderBy(r => r.ComponentId).Select(r =>
        Line(r.Code, r.ComponentId, r.Name, r.DeployedRevision, r.LatestRevision, r.By, r.At)));

    private static object?[] Values(Npgsql.NpgsqlDataReader row) => [.. Enumerable.Range(0, row.FieldCount).Select(i => row[i])];

    private static string Line(string kind, params object?[] values) => $"{kind} {string.Join('|', values.Select(Text))}";

    private static string Text(object? value) => value switch
    {
        null or DBNull => "-",
        DateTime time => Text(new DateTimeOffset(time)),
        DateTimeOffset time => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
