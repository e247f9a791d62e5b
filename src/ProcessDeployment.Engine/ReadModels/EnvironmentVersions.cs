using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>What is and was current in environments. Comes after the versions, whose manifests name the connections.</summary>
public sealed class EnvironmentVersions : IReadModel
{
    private const string Close = """
        update process_deployment.environment_version h set valid_to = c.position
        from unnest(^, ^, ^, ^) as c(account_id, process_id, environment_id, position)
        where h.account_id = c.account_id and h.process_id = c.process_id and h.environment_id = c.environment_id and h.valid_to is null
        """;

    private const string Insert = """
        insert into process_deployment.environment_version
        select v.*, coalesce((
            select jsonb_agg(jsonb_build_object(
                'componentId', m.value -> 'componentId', 'type', m.value #> '{connector,type}', 'class', m.value #> '{connector,class}',
                'exempt', coalesce(m.value #> '{connector,exempt}', 'false')) order by (m.value ->> 'componentId')::uuid)
            from process_deployment.version_history h cross join jsonb_array_elements(h.manifest) m
            where h.account_id = v.account_id and h.process_id = v.process_id and h.version_number = v.version_number and m.value ? 'connector'), '[]')
        from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^)
            as v(account_id, process_id, environment_id, valid_from, valid_to, version_number, promoted, deployed_by, deployed_at, note, reason)
        """;

    public IReadOnlyList<string> Tables => ["environment_version"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var steps = Timeline.Of(page.Of<ProcessEvent>().SelectMany(Of), s => (s.Recorded.AccountId, s.ProcessId, s.EnvironmentId), s => s.Recorded.Position);
        sql.Execute(Close, Rows.Of(steps.FindAll(s => s.First))
            .Text(s => s.Item.Recorded.AccountId).Uuid(s => s.Item.ProcessId).Uuid(s => s.Item.EnvironmentId).Position(s => s.Item.Recorded.Position));
        sql.Execute(Insert, Rows.Of(steps)
            .Text(s => s.Item.Recorded.AccountId)
            .Uuid(s => s.Item.ProcessId)
            .Uuid(s => s.Item.EnvironmentId)
            .Position(s => s.Item.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Number(s => s.Item.VersionNumber)
            .Flag(s => s.Item.Promoted)
            .Text(s => s.Item.Recorded.Actor)
            .Time(s => s.Item.Recorded.Time)
            .Text(s => s.Item.Note)
            .Text(s => s.Item.Recorded.Reason));
    }

    private static IEnumerable<Current> Of((Recorded Recorded, ProcessEvent Event) happened) => happened.Event switch
    {
        VersionDeployed e => e.Targets.Select(target => target.EnvironmentId).OfType<Guid>().Select(id => new Current(happened.Recorded, e.ProcessId, id, e.VersionNumber, Promoted: false, e.Note)),
        VersionPromoted e => e.Targets.Select(target => target.EnvironmentId).OfType<Guid>().Select(id => new Current(happened.Recorded, e.ProcessId, id, e.VersionNumber, Promoted: true, e.Note)),
        _ => [],
    };

    private sealed record Current(Recorded Recorded, Guid ProcessId, Guid EnvironmentId, int VersionNumber, bool Promoted, string? Note);
}
