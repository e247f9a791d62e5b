using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>What is and was attached to environments.</summary>
public sealed class EnvironmentMembers : IReadModel
{
    private const string CloseAtoms = """
        update process_deployment.environment_atom h set valid_to = c.position
        from unnest(^, ^, ^) as c(account_id, atom_id, position)
        where h.account_id = c.account_id and h.atom_id = c.atom_id and h.valid_to is null
        """;

    private const string InsertAtoms = """
        insert into process_deployment.environment_atom
        select * from unnest(^, ^, ^, ^, ^, ^, ^) as a(account_id, atom_id, valid_from, valid_to, environment_id, attached_by, attached_at)
        """;

    private const string CloseProcesses = """
        update process_deployment.environment_process h set valid_to = c.position
        from unnest(^, ^, ^, ^) as c(account_id, process_id, environment_id, position)
        where h.account_id = c.account_id and h.process_id = c.process_id and h.environment_id = c.environment_id and h.valid_to is null
        """;

    private const string InsertProcesses = """
        insert into process_deployment.environment_process
        select * from unnest(^, ^, ^, ^, ^, ^, ^) as p(account_id, process_id, environment_id, valid_from, valid_to, attached_by, attached_at)
        """;

    public IReadOnlyList<string> Tables => ["environment_atom", "environment_process"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        Atoms(Timeline.Of(page.Of<DomainEvent>().Select(MoveOf).OfType<Move>(), m => (m.Recorded.AccountId, m.AtomId), m => m.Recorded.Position), sql);
        Processes(Timeline.Of(page.Of<DomainEvent>().Select(ChangeOf).OfType<Change>(), c => (c.Recorded.AccountId, c.ProcessId, c.EnvironmentId), c => c.Recorded.Position), sql);
    }

    /// <summary>An end is a step that holds nothing.</summary>
    private static void Atoms(List<Step<Move>> steps, PageSql sql)
    {
        sql.Execute(CloseAtoms, Rows.Of(steps.FindAll(s => s.First)).Text(s => s.Item.Recorded.AccountId).Uuid(s => s.Item.AtomId).Position(s => s.Item.Recorded.Position));
        sql.Execute(InsertAtoms, Rows.Of(steps.FindAll(s => s.Item.EnvironmentId is not null))
            .Text(s => s.Item.Recorded.AccountId)
            .Uuid(s => s.Item.AtomId)
            .Position(s => s.Item.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Uuid(s => s.Item.EnvironmentId!.Value)
            .Text(s => s.Item.Recorded.Actor)
            .Time(s => s.Item.Recorded.Time));
    }

    private static void Processes(List<Step<Change>> steps, PageSql sql)
    {
        sql.Execute(CloseProcesses, Rows.Of(steps.FindAll(s => s.First))
            .Text(s => s.Item.Recorded.AccountId).Uuid(s => s.Item.ProcessId).Uuid(s => s.Item.EnvironmentId).Position(s => s.Item.Recorded.Position));
        sql.Execute(InsertProcesses, Rows.Of(steps.FindAll(s => s.Item.Attached))
            .Text(s => s.Item.Recorded.AccountId)
            .Uuid(s => s.Item.ProcessId)
            .Uuid(s => s.Item.EnvironmentId)
            .Position(s => s.Item.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Text(s => s.Item.Recorded.Actor)
            .Time(s => s.Item.Recorded.Time));
    }

    private static Move? MoveOf((Recorded Recorded, DomainEvent Event) happened) => happened.Event switch
    {
        AtomAttachedToEnvironment e => new(happened.Recorded, e.AtomId, e.EnvironmentId),
        AtomDetachedFromEnvironment e => new(happened.Recorded, e.AtomId, null),
        _ => null,
    };

    private static Change? ChangeOf((Recorded Recorded, DomainEvent Event) happened) => happened.Event switch
    {
        ProcessAttachedToEnvironment e => new(happened.Recorded, e.ProcessId, e.EnvironmentId, Attached: true),
        ProcessDetachedFromEnvironment e => new(happened.Recorded, e.ProcessId, e.EnvironmentId, Attached: false),
        _ => null,
    };

    private sealed record Move(Recorded Recorded, Guid AtomId, Guid? EnvironmentId);

    private sealed record Change(Recorded Recorded, Guid ProcessId, Guid EnvironmentId, bool Attached);
}
