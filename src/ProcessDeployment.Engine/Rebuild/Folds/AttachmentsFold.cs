using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Rebuild.Folds;

/// <summary>Where Processes are and were attached: a row goes out when its attachment ends, the others at the end.</summary>
internal sealed class AttachmentsFold : IFold
{
    private readonly TableCopy _rows = new(
        "attachment", "account_id", "process_id", "atom_id", "valid_from", "valid_to", "attached_by", "attached_at", "detached_by", "detached_at", "environment_id");

    private readonly Dictionary<(string AccountId, Guid ProcessId, Guid AtomId), Since> _open = [];

    public IReadOnlyCollection<Wanted>? Wants { get; } =
    [
        new(typeof(AtomAttached), nameof(AtomAttached.ProcessId), nameof(AtomAttached.AtomId), nameof(AtomAttached.EnvironmentId)),
        new(typeof(AtomDetached), nameof(AtomDetached.ProcessId), nameof(AtomDetached.AtomId)),
    ];

    public bool WantsWhole => false;

    public IReadOnlyList<TableCopy> Tables => [_rows];

    public void Add(Recorded recorded)
    {
        if (recorded.Event is AtomAttached attached) _open[(recorded.AccountId, attached.ProcessId, attached.AtomId)] = new(recorded.Position, recorded.Actor, recorded.Time, attached.EnvironmentId);
        else if (recorded.Event is AtomDetached detached && _open.Remove((recorded.AccountId, detached.ProcessId, detached.AtomId), out var since))
            Write((recorded.AccountId, detached.ProcessId, detached.AtomId), since, recorded);
    }

    public void Complete()
    {
        foreach (var (key, since) in _open) Write(key, since, detached: null);
    }

    private void Write((string AccountId, Guid ProcessId, Guid AtomId) key, Since since, Recorded? detached) => _rows.Row()
        .Text(key.AccountId)
        .Uuid(key.ProcessId)
        .Uuid(key.AtomId)
        .Position(since.Position)
        .Position(detached?.Position)
        .Text(since.Actor)
        .Time(since.Time)
        .Text(detached?.Actor)
        .Time(detached?.Time)
        .Uuid(since.EnvironmentId);

    private readonly record struct Since(long Position, string Actor, DateTimeOffset Time, Guid? EnvironmentId);
}
