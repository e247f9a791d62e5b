using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>What Atoms report and reported of the versions they were to download: the acknowledged version beside the current one.</summary>
public sealed class Downloads : IReadModel
{
    private const string Close = """
        update process_deployment.download h set valid_to = c.position
        from unnest(^, ^, ^, ^) as c(account_id, process_id, atom_id, position)
        where h.account_id = c.account_id and h.process_id = c.process_id and h.atom_id = c.atom_id and h.valid_to is null
        """;

    private const string Insert = """
        insert into process_deployment.download
        select * from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^, ^)
            as d(account_id, process_id, atom_id, valid_from, valid_to, version_number, failed, acknowledged_version, message, reported_at)
        """;

    public IReadOnlyList<string> Tables => ["download"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var reports = page.Of<AttachmentEvent>().Select(Report.Of).OfType<Report>();
        var steps = Timeline.Of(reports, r => (r.Recorded.AccountId, r.Key), r => r.Recorded.Position);
        sql.Execute(Close, Rows.Of(steps.FindAll(s => s.First))
            .Text(s => s.Item.Recorded.AccountId)
            .Uuid(s => s.Item.Key.ProcessId)
            .Uuid(s => s.Item.Key.AtomId)
            .Position(s => s.Item.Recorded.Position));
        sql.Execute(Insert, Rows.Of(steps)
            .Text(s => s.Item.Recorded.AccountId)
            .Uuid(s => s.Item.Key.ProcessId)
            .Uuid(s => s.Item.Key.AtomId)
            .Position(s => s.Item.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Number(s => s.Item.VersionNumber)
            .Flag(s => s.Item.Failed)
            .OptionalNumber(s => s.Item.AcknowledgedVersion)
            .Text(s => s.Item.Message)
            .Time(s => s.Item.Recorded.Time));
    }

    private sealed record Report(Recorded Recorded, AttachmentKey Key, int VersionNumber, bool Failed, int? AcknowledgedVersion, string? Message)
    {
        public static Report? Of((Recorded Recorded, AttachmentEvent Event) happened) => happened.Event switch
        {
            VersionDownloaded e => new(happened.Recorded, e.Key(), e.VersionNumber, Failed: false, e.VersionNumber, Message: null),
            DownloadFailed e => new(happened.Recorded, e.Key(), e.VersionNumber, Failed: true, e.AcknowledgedVersion, e.Message),
            _ => null,
        };
    }
}
