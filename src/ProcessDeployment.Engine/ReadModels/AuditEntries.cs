using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>The audit trail: who did what when, by the names of its time (#37). Comes after the histories, which know those.</summary>
public sealed class AuditEntries : IReadModel
{
    private const string Insert = """
        insert into process_deployment.audit_entry
        select e.account_id, e.position, e.time, e.actor, e.type, e.stream, e.component_id,
            coalesce(e.name, (
                select h.name from process_deployment.component_history h
                where h.account_id = e.account_id and h.component_id = e.component_id and h.valid_from <= e.position
                order by h.valid_from desc limit 1), atoms.names, ''),
            concat(e.summary, case when e.lists_atoms then atoms.names end, e.rest),
            e.reason, e.command_id, e.correlation_id, e.causation_id, e.channel, e.source
        from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^) as e(
            account_id, position, time, actor, type, stream, component_id, name, atom_ids, summary, lists_atoms, rest,
            reason, command_id, correlation_id, causation_id, channel, source)
        left join lateral (
            select string_agg(h.name, ', ' order by h.name collate "C") as names
            from unnest(e.atom_ids::uuid[]) as a(atom_id)
            cross join lateral (
                select h.name from process_deployment.atom_history h
                where h.account_id = e.account_id and h.atom_id = a.atom_id and h.valid_from <= e.position
                order by h.valid_from desc limit 1) h) atoms on e.atom_ids is not null
        """;

    private const string InsertAtoms = """
        insert into process_deployment.audit_atom select * from unnest(^, ^, ^) as a(account_id, atom_id, position)
        """;

    public IReadOnlyList<string> Tables => ["audit_entry", "audit_atom"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var entries = page.Events.Select(recorded => (Recorded: recorded, Text: AuditText.Of(recorded.Event))).ToList();
        sql.Execute(Insert, Rows.Of(entries)
            .Text(e => e.Recorded.AccountId)
            .Position(e => e.Recorded.Position)
            .Time(e => e.Recorded.Time)
            .Text(e => e.Recorded.Actor)
            .Text(e => e.Recorded.Type)
            .Text(e => e.Recorded.Stream)
            .OptionalUuid(e => ComponentOf(e.Recorded))
            .Text(e => e.Text.Name)
            .Text(e => e.Text.AtomIds.Count == 0 ? null : $"{{{string.Join(',', e.Text.AtomIds)}}}")
            .Text(e => e.Text.Summary)
            .Flag(e => e.Text.ListsAtoms)
            .Text(e => e.Text.Rest)
            .Text(e => e.Recorded.Reason)
            .OptionalUuid(e => e.Recorded.CommandId)
            .Text(e => e.Recorded.CorrelationId)
            .Text(e => e.Recorded.CausationId)
            .Text(e => e.Recorded.Channel)
            .Text(e => e.Recorded.Source));
        sql.Execute(InsertAtoms, Rows.Of(entries.SelectMany(e => e.Text.AtomIds.Select(atomId => (e.Recorded, AtomId: atomId))).ToList())
            .Text(a => a.Recorded.AccountId).Uuid(a => a.AtomId).Position(a => a.Recorded.Position));
    }

    private static Guid? ComponentOf(Recorded recorded) => recorded.Event switch
    {
        ComponentEvent happened => happened.ComponentId,
        ProcessEvent happened => happened.ProcessId,
        AttachmentEvent happened => happened.ProcessId,
        ExecutionEvent happened => happened.ProcessId,
        _ => null,
    };
}
