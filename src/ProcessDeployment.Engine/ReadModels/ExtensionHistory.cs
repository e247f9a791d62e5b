using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>What extensions are and were set to. Nothing but a setting ends a value: neither a version nor a detachment does (R53, #66).</summary>
public sealed class ExtensionHistory : IReadModel
{
    private const string Close = """
        update process_deployment.extension_value h set valid_to = c.position
        from unnest(^, ^, ^, ^, ^) as c(account_id, process_id, atom_id, key, position)
        where h.account_id = c.account_id and h.process_id = c.process_id and h.atom_id = c.atom_id and h.key = c.key and h.valid_to is null
        """;

    private const string Insert = """
        insert into process_deployment.extension_value
        select * from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^)
            as v(account_id, process_id, atom_id, key, valid_from, valid_to, secret, value, use_default, set_by, set_at)
        """;

    public IReadOnlyList<string> Tables => ["extension_value"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var steps = Timeline.Of(page.Of<ExtensionValuesSet>().SelectMany(Changes), c => (c.Recorded.AccountId, c.Of, c.Key), c => c.Recorded.Position);
        sql.Execute(Close, Rows.Of(steps.FindAll(s => s.First))
            .Text(s => s.Item.Recorded.AccountId)
            .Uuid(s => s.Item.Of.ProcessId)
            .Uuid(s => s.Item.Of.AtomId)
            .Text(s => s.Item.Key)
            .Position(s => s.Item.Recorded.Position));
        sql.Execute(Insert, Rows.Of(steps.FindAll(s => s.Item.Value is not null))
            .Text(s => s.Item.Recorded.AccountId)
            .Uuid(s => s.Item.Of.ProcessId)
            .Uuid(s => s.Item.Of.AtomId)
            .Text(s => s.Item.Key)
            .Position(s => s.Item.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Flag(s => s.Item.Value!.Secret)
            .Text(s => s.Item.Value!.Value)
            .Flag(s => s.Item.Value!.UseDefault)
            .Text(s => s.Item.Recorded.Actor)
            .Time(s => s.Item.Recorded.Time));
    }

    private static IEnumerable<Change> Changes((Recorded Recorded, ExtensionValuesSet Event) set) =>
        set.Event.Values.Select(value => new Change(set.Recorded, set.Event.Key(), value.Key, value))
            .Concat(set.Event.Cleared.Select(key => new Change(set.Recorded, set.Event.Key(), key, Value: null)));

    private sealed record Change(Recorded Recorded, AttachmentKey Of, string Key, ExtensionValue? Value);
}
