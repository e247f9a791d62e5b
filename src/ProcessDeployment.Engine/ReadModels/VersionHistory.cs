using System.Text.Json;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>The versions of a Process, immutable but for the positions at which the next one took over, it got its label, and it was withdrawn.</summary>
public sealed class VersionHistory : IReadModel
{
    private const string Close = """
        update process_deployment.version_history h set valid_to = v.position
        from unnest(^, ^, ^, ^) as v(account_id, process_id, version_number, position)
        where h.account_id = v.account_id and h.process_id = v.process_id and h.version_number = v.version_number - 1
        """;

    private const string Insert = """
        insert into process_deployment.version_history
        select * from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^) as v(
            account_id, process_id, version_number, valid_from, valid_to, deployed_by, deployed_at, reason, note,
            redeploy_of, identical_to, digest, content_digest, manifest, targets, audit)
        """;

    private const string Label = """
        update process_deployment.version_history h set label = m.label, label_from = m.position
        from unnest(^, ^, ^, ^, ^) as m(account_id, process_id, version_number, position, label)
        where h.account_id = m.account_id and h.process_id = m.process_id and h.version_number = m.version_number
        """;

    private const string Withdraw = """
        update process_deployment.version_history h set withdrawn_from = m.position
        from unnest(^, ^, ^, ^) as m(account_id, process_id, version_number, position)
        where h.account_id = m.account_id and h.process_id = m.process_id and h.version_number = m.version_number
        """;

    public IReadOnlyList<string> Tables => ["version_history"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var steps = Timeline.Of(page.Of<VersionDeployed>(), v => new Subject(v.Recorded.AccountId, v.Event.ProcessId), v => v.Recorded.Position);
        sql.Execute(Close, Rows.Of(steps.FindAll(s => s.First))
            .Text(s => s.Item.Recorded.AccountId)
            .Uuid(s => s.Item.Event.ProcessId)
            .Number(s => s.Item.Event.VersionNumber)
            .Position(s => s.Item.Recorded.Position));
        sql.Execute(Insert, Rows.Of(steps)
            .Text(s => s.Item.Recorded.AccountId)
            .Uuid(s => s.Item.Event.ProcessId)
            .Number(s => s.Item.Event.VersionNumber)
            .Position(s => s.Item.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Text(s => s.Item.Recorded.Actor)
            .Time(s => s.Item.Recorded.Time)
            .Text(s => s.Item.Recorded.Reason)
            .Text(s => s.Item.Event.Note)
            .OptionalNumber(s => s.Item.Event.RedeployOf)
            .OptionalNumber(s => s.Item.Event.IdenticalTo)
            .Text(s => s.Item.Event.Digest)
            .Text(s => s.Item.Event.ContentDigest)
            .Json(s => JsonSerializer.Serialize(s.Item.Event.Manifest, ReadModelJson.Default.Manifest))
            .Json(s => JsonSerializer.Serialize(s.Item.Event.Targets, ReadModelJson.Default.Targets))
            .Json(s => JsonSerializer.Serialize(s.Item.Event.Audit, ReadModelJson.Default.LicenceAudit)));
        sql.Execute(Label, Marked(page.Of<VersionLabelled>(), e => e.VersionNumber).Text(m => m.Event.Label));
        sql.Execute(Withdraw, Marked(page.Of<VersionWithdrawn>(), e => e.VersionNumber));
    }

    private static Rows<(Recorded Recorded, T Event)> Marked<T>(IEnumerable<(Recorded Recorded, T Event)> marks, Func<T, int> versionNumber)
        where T : ProcessEvent => Rows.Of(marks.ToList())
        .Text(m => m.Recorded.AccountId).Uuid(m => m.Event.ProcessId).Number(m => versionNumber(m.Event)).Position(m => m.Recorded.Position);
}
