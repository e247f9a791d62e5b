using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Testing;

/// <summary>The plain facts, as the events say them.</summary>
internal sealed class Facts
{
    public long Position { get; private set; }
    public LicenceEnforcement Mode { get; private set; } = LicenceEnforcement.Strict;
    public Dictionary<Guid, ComponentItem> Components { get; } = [];
    public Dictionary<Guid, AtomItem> Atoms { get; } = [];
    public List<AuditItem> Audit { get; } = [];
    public Dictionary<Guid, List<(RecordedEvent Recorded, VersionDeployed Deployed)>> Histories { get; } = [];

    /// <summary>Per Process its Atoms, and since when.</summary>
    public Dictionary<Guid, SortedDictionary<Guid, DateTimeOffset>> Attachments { get; } = [];

    public Dictionary<(ConnectorClass, Classification), int> Purchased { get; } = [];

    public IReadOnlyList<Guid> AtomsOf(Guid processId) => Attachments.TryGetValue(processId, out var atoms) ? [.. atoms.Keys] : [];

    public void Note(RecordedEvent recorded)
    {
        Position = recorded.Position;
        Audit.Add(Testing.Audit.Of(recorded));
        switch (recorded.Event)
        {
            case RevisionMade made:
                Components[made.ComponentId] = new(
                    made.ComponentId, made.ComponentType, made.Name, made.Folder, made.Revision, made.ContentHash, made.References,
                    recorded.Actor, recorded.Time, Deleted: false, DeletedBy: null, DeletedAt: null);
                break;
            case ComponentDeleted gone:
                Components[gone.ComponentId] = Components[gone.ComponentId] with { Deleted = true, DeletedBy = recorded.Actor, DeletedAt = recorded.Time };
                break;
            case ComponentRestored back:
                Components[back.ComponentId] = Components[back.ComponentId] with { Deleted = false, DeletedBy = null, DeletedAt = null };
                break;
            case AtomRegistered made:
                Atoms[made.AtomId] = new(made.AtomId, made.Name, made.HostName, made.AtomType, made.TimeZone, AtomStatus.Unknown, Deleted: false);
                break;
            case AtomRenamed renamed:
                Atoms[renamed.AtomId] = Atoms[renamed.AtomId] with { Name = renamed.Name };
                break;
            case AtomStatusChanged said:
                Atoms[said.AtomId] = Atoms[said.AtomId] with { Status = said.Status };
                break;
            case AtomDeleted gone:
                Atoms[gone.AtomId] = Atoms[gone.AtomId] with { Deleted = true };
                break;
            case AtomAttached attached:
                if (!Attachments.TryGetValue(attached.ProcessId, out var atoms)) Attachments.Add(attached.ProcessId, atoms = []);
                atoms.Add(attached.AtomId, recorded.Time);
                break;
            case AtomDetached detached when !Attachments[detached.ProcessId].Remove(detached.AtomId):
                throw new InvalidOperationException($"Detached at {recorded.Position} what was not attached.");
            case VersionDeployed deployed:
                if (!Histories.TryGetValue(deployed.ProcessId, out var history)) Histories.Add(deployed.ProcessId, history = []);
                history.Add((recorded, deployed));
                break;
            case LicencesPurchased purchased:
                if (purchased.Production is { } production) Purchased[(purchased.Class, Classification.Production)] = production;
                if (purchased.Test is { } test) Purchased[(purchased.Class, Classification.Test)] = test;
                break;
            case LicenceEnforcementChanged changed:
                Mode = changed.Mode;
                break;
        }
    }
}
