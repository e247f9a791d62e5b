using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>Executions, each with the steps of its life. A step happens once, so a row tells the past as well as the present.</summary>
public sealed class Executions : IReadModel
{
    private const string Insert = """
        insert into process_deployment.execution (
            account_id, execution_id, process_id, atom_id, kind, version_number, properties, due_at, retry_of, attempt, parent_id, top_level_id, begun_from, begun_by, begun_at)
        select * from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^) as e(
            account_id, execution_id, process_id, atom_id, kind, version_number, properties, due_at, retry_of, attempt, parent_id, top_level_id, begun_from, begun_by, begun_at)
        """;

    private const string Start = """
        update process_deployment.execution e set started_from = s.position, started_at = s.time, started_version = s.version_number
        from unnest(^, ^, ^, ^, ^) as s(account_id, execution_id, position, time, version_number)
        where e.account_id = s.account_id and e.execution_id = s.execution_id
        """;

    private const string Cancel = """
        update process_deployment.execution e set cancelled_from = c.position, cancelled_at = c.time, cancelled_by = c.actor
        from unnest(^, ^, ^, ^, ^) as c(account_id, execution_id, position, time, actor)
        where e.account_id = c.account_id and e.execution_id = c.execution_id
        """;

    private const string End = """
        update process_deployment.execution e set ended_from = c.position, ended_at = c.time, ended_as = c.status, message = c.message, log_tail = c.log_tail
        from unnest(^, ^, ^, ^, ^, ^, ^) as c(account_id, execution_id, position, time, status, message, log_tail)
        where e.account_id = c.account_id and e.execution_id = c.execution_id
        """;

    public IReadOnlyList<string> Tables => ["execution"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        sql.Execute(Insert, Begun(page));
        sql.Execute(Start, Step<ExecutionStarted>(page).Number(s => s.Event.VersionNumber));
        sql.Execute(Cancel, Step<ExecutionCancelRequested>(page).Text(c => c.Recorded.Actor));
        sql.Execute(End, Step<ExecutionCompleted>(page).Text(c => WireWord.Of(c.Event.Status)).Text(c => c.Event.Message).Text(c => c.Event.LogTail));
    }

    private static Rows<(Recorded Recorded, TEvent Event)> Step<TEvent>(ReadModelPage page)
        where TEvent : ExecutionEvent => Rows.Of(page.Of<TEvent>().ToList())
            .Text(s => s.Recorded.AccountId).Uuid(s => s.Event.ExecutionId).Position(s => s.Recorded.Position).Time(s => s.Recorded.Time);

    private static Rows<(Recorded Recorded, ExecutionEvent Event, ExecutionRequested? Asked, ExecutionStarted? Child)> Begun(ReadModelPage page)
    {
        var begun = page.Of<ExecutionEvent>()
            .Where(b => b.Event is ExecutionRequested or ExecutionStarted { ParentExecutionId: not null })
            .Select(b => (b.Recorded, b.Event, Asked: b.Event as ExecutionRequested, Child: b.Event as ExecutionStarted)).ToList();
        return Rows.Of(begun)
            .Text(b => b.Recorded.AccountId)
            .Uuid(b => b.Event.ExecutionId)
            .Uuid(b => b.Event.ProcessId)
            .Uuid(b => b.Event.AtomId)
            .Text(b => WireWord.Of(b.Asked?.Kind ?? ExecutionKind.SubProcess))
            .Number(b => b.Asked?.VersionNumber ?? b.Child!.VersionNumber)
            .Json(b => b.Asked is null ? null : JsonSerializer.Serialize(b.Asked.Properties, ReadModelJson.Default.Properties))
            .OptionalTime(b => b.Asked?.DueAt)
            .OptionalUuid(b => b.Asked?.RetryOf)
            .OptionalNumber(b => b.Asked?.Attempt)
            .OptionalUuid(b => b.Child?.ParentExecutionId)
            .OptionalUuid(b => b.Child?.TopLevelExecutionId)
            .Position(b => b.Recorded.Position)
            .Text(b => b.Recorded.Actor)
            .Time(b => b.Recorded.Time);
    }
}
