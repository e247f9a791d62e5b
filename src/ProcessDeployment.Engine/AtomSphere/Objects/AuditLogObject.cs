using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>The audit trail, oldest first, in the words of the platform where it has some for what happened; the platform's own leaves later deployments out (R60), here is all of it.</summary>
internal static class AuditLogObject
{
    /// <summary>Type, action and modifier of what the platform has words for (R59); anything else is what it is called here.</summary>
    private static readonly (string Event, string Type, string Action, string Modifier)[] Words =
    [
        ("atom-attached", "as.atom.process", "ATTACH", ""),
        ("atom-detached", "as.atom.process", "DETACH", ""),
        ("version-deployed", "as.process.deployment", "DEPLOY", ""),
        ("version-promoted", "as.process.deployment", "PROMOTE", ""),
        ("version-labelled", "as.packaged.component", "UPDATE", ""),
        ("version-withdrawn", "as.packaged.component", "DELETE", ""),
        ("listener-paused", "as.atom.listener", "PAUSE", ""),
        ("listener-resumed", "as.atom.listener", "RESUME", ""),
        ("listener-restarted", "as.atom.listener", "RESTART", ""),
        ("schedules-set", "as.schedules", "UPDATE", "SINGLE"),
        ("schedules-stopped", "as.schedules", "STOP", "SINGLE"),
        ("schedules-suspended", "as.schedules", "STOP", "SINGLE"),
        ("schedules-resumed", "as.schedules", "RESUME", "SINGLE"),
        ("extension-values-set", "as.extensions", "EDIT", "SINGLE"),
        ("execution-requested", "as.process.manual_execution", "EXECUTE", ""),
        ("atom-registered", "as.atom", "INSTALL", ""),
        ("atom-renamed", "as.atom", "UPDATE", ""),
        ("atom-deleted", "as.atom", "DELETE", ""),
        ("environment-created", "as.environment", "CREATE", ""),
        ("environment-updated", "as.environment", "UPDATE", ""),
        ("environment-deleted", "as.environment", "DELETE", ""),
        ("atom-attached-to-environment", "as.environment", "ATTACH", ""),
        ("atom-detached-from-environment", "as.environment", "DETACH", ""),
        ("process-attached-to-environment", "as.environment", "ATTACH", ""),
        ("process-detached-from-environment", "as.environment", "DETACH", ""),
        ("revision-made", "as.component", "SAVE", ""),
        ("component-deleted", "as.component", "DELETE", ""),
        ("component-restored", "as.component", "RESTORE", ""),
        ("licence-enforcement-changed", "as.account.licensing", "UPDATE", ""),
        ("licences-purchased", "as.account.licensing", "UPDATE", ""),
    ];

    /// <summary>A version that was made for later, by the words that the audit trail has for it.</summary>
    private const string Made = "a.type = 'processdeployment.version-deployed.v1' and a.summary like 'made version %'";

    private static readonly Source Rows = new()
    {
        Sql = $"""
            select a.position, a.time, a.actor, a.component_id, concat_ws(' ', nullif(a.name, ''), a.summary) as message, a.reason, a.command_id,
                case when {Made} then 'as.packaged.component' else coalesce(w.type, 'as.' || split_part(a.type, '.', 2)) end as type,
                case when {Made} then 'CREATE' else coalesce(w.action, upper(split_part(a.type, '.', 2))) end as action, coalesce(w.modifier, '') as modifier,
                case when a.type like '%-refused.%' or a.type like '%denied.%' then 'WARNING' else 'INFO' end as level,
                case when a.channel in ('engine', 'sample') then 'INTERNAL' when a.channel is null then 'UNKNOWN' else 'API' end as source,
                (select t.atom_id from process_deployment.audit_atom t where t.account_id = $1 and t.position = a.position order by t.atom_id limit 1) as container_id
            from process_deployment.audit_entry a
            left join (values {string.Join(", ", Words.Select(word => $"('processdeployment.{word.Event}.v1', '{word.Type}', '{word.Action}', '{word.Modifier}')"))}) w(event, type, action, modifier) on w.event = a.type
            where a.account_id = $1
            """,
        Key = [new("position", ColumnKind.Number)],
        KeyOf = id => long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var position) ? [position] : null,
        Filters = Source.By(
            ("containerId", new("container_id", ColumnKind.Id) { Among = "position in (select t.position from process_deployment.audit_atom t where t.account_id = $1 and t.atom_id = {0})" }),
            ("userId", new("actor")),
            ("date", new("time", ColumnKind.Time)),
            ("type", new("type")),
            ("action", new("action")),
            ("modifier", new("modifier")),
            ("level", new("level", Words: ["DEBUG", "INFO", "WARNING", "ERROR"])),
            ("source", new("source", Words: ["API", "INTERNAL", "MOBILE", "UI", "UNKNOWN"]))),
        Read = row => new WireObject("AuditLog")
        {
            ["documentId"] = row.GetInt64(0).ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["date"] = row.Time(1),
            ["userId"] = row.GetString(2),
            ["message"] = row.GetString(4),
            ["type"] = row.GetString(7),
            ["action"] = row.GetString(8),
            ["modifier"] = row.GetString(9),
            ["level"] = row.GetString(10),
            ["source"] = row.GetString(11),
            ["containerId"] = row.Id(12)?.ToString(),
            ["AuditLogProperty"] = new[] { ("COMPONENT_ID", row.Id(3)?.ToString()), ("REASON", row.Text(5)), ("COMMAND_ID", row.Id(6)?.ToString()) }
                .Where(property => property.Item2 is not null)
                .Select(object (property) => new WireObject("AuditLogProperty") { ["name"] = property.Item1, ["value"] = property.Item2 })
                .ToList(),
        },
    };

    public static readonly PlatformObject Object = new("AuditLog", Privilege.AuditRead) { Source = Rows, Gets = true, Queries = true };
}
