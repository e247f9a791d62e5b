using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>Executions, newest first: <c>STARTED</c> once asked for, <c>INPROCESS</c> once the Atom runs them, then how they ended.</summary>
internal static class ExecutionRecordObject
{
    private const string Requested = "STARTED";
    private static readonly WireType Type = WireType.Of("ExecutionRecord");
    private static readonly string[] Statuses = ["ABORTED", "ABORTED_RECOVERING", "COMPLETE", "COMPLETE_WARN", "DISCARDED", "ENQUEUED", "ERROR", "INPROCESS", Requested];
    private static readonly Column Nothing = new("null::text"), NoCount = new("null::bigint", ColumnKind.Number);

    private static readonly Source Rows = new()
    {
        // Names are looked up for what is answered or filtered by them: a join that nothing needs is left out when they are counted.
        Sql = $"""
            select e.execution_id, e.account_id, e.process_id, e.atom_id, e.begun_at, e.ended_at, e.message, e.retry_of, e.parent_id, e.top_level_id, e.begun_from,
                case e.kind when 'manual' then 'exec_manual' when 'scheduled' then 'exec_sched' when 'retry' then 'retry_sched' else 'sub_process' end as execution_type,
                case when e.ended_from is not null then e.ended_as when e.started_from is not null then 'INPROCESS' else '{Requested}' end as status,
                (extract(epoch from e.ended_at - coalesce(e.started_at, e.begun_at)) * 1000)::bigint as duration,
                coalesce(p.name, (
                    select c.name from process_deployment.component_history c
                    where c.account_id = e.account_id and c.component_id = e.process_id order by c.valid_from desc limit 1)) as process_name,
                a.name as atom_name
            from process_deployment.execution e
            left join process_deployment.process_list p on p.account_id = e.account_id and p.process_id = e.process_id
            left join (
                select distinct on (h.atom_id) h.atom_id, h.name from process_deployment.atom_history h
                where h.account_id = $1 and h.valid_to is null order by h.atom_id) a on a.atom_id = e.atom_id
            where e.account_id = $1
            """,
        Key = [new("execution_id", ColumnKind.Id)],
        KeyOf = id => ExecutionId.Read(id) is { } executionId ? [executionId] : null,
        Order = [new("begun_from", ColumnKind.Number)],
        Descending = true,
        SortedBy = "executionTime DESC",
        Filters = Source.By(
            ("executionId", new("execution_id", ColumnKind.Id)),
            ("originalExecutionId", new("retry_of", ColumnKind.Id)),
            ("account", new("account_id")),
            ("executionTime", new("begun_at", ColumnKind.Time)),
            ("status", new("status", Words: Statuses)),
            ("executionType", new("execution_type", Words: Type.Field("executionType").Words)),
            ("processName", new("process_name")),
            ("processId", new("process_id", ColumnKind.Id)),
            ("atomName", new("atom_name")),
            ("atomId", new("atom_id", ColumnKind.Id)),
            ("inboundDocumentCount", NoCount),
            ("outboundDocumentCount", NoCount),
            ("executionDuration", new("duration", ColumnKind.Number)),
            ("message", new("message")),
            ("reportKey", Nothing),
            ("launcherId", Nothing),
            ("nodeId", Nothing),
            ("recordedDate", new("ended_at", ColumnKind.Time))),
        Read = Read,
    };

    public static readonly PlatformObject Object = new("ExecutionRecord", Privilege.AtomRead) { Source = Rows, Queries = true, GetLater = GetLaterAsync };

    /// <summary>
    /// The record as it is described officially, and beside that as the platform in fact answers, in a list with a status:
    /// there are clients of either.
    /// </summary>
    private static async Task GetLaterAsync(PlatformCall call, string id)
    {
        var record = await call.GetAsync(Object, id);
        if (record.Text("status") == Requested)
        {
            await PlatformForm.WriteAsync(call.Context, new("AsyncOperationResult") { ["responseStatusCode"] = 202, ["message"] = "The Atom has not begun to run it yet: ask again." }, 202);
            return;
        }

        var answer = new WireObject(Type) { ["numberOfResults"] = 1, ["responseStatusCode"] = 200 };
        foreach (var field in Type.Fields.Where(field => record.Has(field.Name))) answer[field.Name] = record[field.Name];
        answer["result"] = new List<object> { record };
        await PlatformForm.WriteAsync(call.Context, answer);
    }

    private static WireObject Read(NpgsqlDataReader row) => new(Type)
    {
        ["executionId"] = row.GetGuid(0).ToString(),
        ["account"] = row.GetString(1),
        ["processId"] = row.GetGuid(2).ToString(),
        ["atomId"] = row.GetGuid(3).ToString(),
        ["executionTime"] = row.Time(4),
        ["recordedDate"] = row.TimeIfAny(5),
        ["message"] = row.Text(6),
        ["originalExecutionId"] = row.Id(7)?.ToString(),
        ["parentExecutionId"] = row.Id(8)?.ToString(),
        ["topLevelExecutionId"] = row.Id(9)?.ToString(),
        ["executionType"] = row.GetString(11),
        ["status"] = row.GetString(12),
        ["executionDuration"] = row.IsDBNull(13) ? null : row.GetInt64(13),
        ["processName"] = row.Text(14),
        ["atomName"] = row.Text(15),
    };
}
