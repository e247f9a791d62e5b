using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Environments;
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
    public Dictionary<Guid, EnvironmentItem> Environments { get; } = [];
    public List<AuditItem> Audit { get; } = [];
    public Dictionary<Guid, List<(RecordedEvent Recorded, VersionDeployed Deployed)>> Histories { get; } = [];

    public Dictionary<(Guid ProcessId, int VersionNumber), string> Labels { get; } = [];
    public HashSet<(Guid ProcessId, int VersionNumber)> Withdrawn { get; } = [];

    /// <summary>Per Process its Atoms, and since when.</summary>
    public Dictionary<Guid, SortedDictionary<Guid, DateTimeOffset>> Attachments { get; } = [];

    /// <summary>The environment by which a Process is attached to an Atom, where it is by one.</summary>
    public Dictionary<(Guid ProcessId, Guid AtomId), Guid> Through { get; } = [];

    /// <summary>What is current in an environment, and what made it so.</summary>
    public Dictionary<(Guid ProcessId, Guid EnvironmentId), Effective> CurrentIn { get; } = [];

    public Dictionary<Guid, Guid> EnvironmentOf { get; } = [];
    public HashSet<(Guid ProcessId, Guid EnvironmentId)> ProcessesIn { get; } = [];
    public bool UsesEnvironments { get; private set; }

    /// <summary>The version that runs on an attached Atom: that of its environment, else the last; null while there is none.</summary>
    public Effective? On(Guid processId, Guid atomId)
    {
        if (Through.TryGetValue((processId, atomId), out var environmentId)) return CurrentIn.GetValueOrDefault((processId, environmentId));
        return Histories.TryGetValue(processId, out var history) ? new(history[^1].Deployed, history[^1].Recorded, history[^1].Deployed.Note) : null;
    }

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
            case EnvironmentCreated made:
                Environments[made.EnvironmentId] = new(made.EnvironmentId, made.Name, made.Classification, made.Order, Deleted: false);
                break;
            case EnvironmentUpdated updated:
                Environments[updated.EnvironmentId] = Environments[updated.EnvironmentId] with { Name = updated.Name, Order = updated.Order };
                break;
            case EnvironmentDeleted gone:
                Environments[gone.EnvironmentId] = Environments[gone.EnvironmentId] with { Deleted = true };
                break;
            case AtomAttached attached:
                if (!Attachments.TryGetValue(attached.ProcessId, out var atoms)) Attachments.Add(attached.ProcessId, atoms = []);
                atoms.Add(attached.AtomId, recorded.Time);
                if (attached.EnvironmentId is { } environmentId) Through.Add((attached.ProcessId, attached.AtomId), environmentId);
                break;
            case AtomDetached detached:
                if (!Attachments[detached.ProcessId].Remove(detached.AtomId)) throw new InvalidOperationException($"Detached at {recorded.Position} what was not attached.");
                Through.Remove((detached.ProcessId, detached.AtomId));
                break;
            case EnvironmentsEnabled or EnvironmentsDisabled:
                UsesEnvironments = recorded.Event is EnvironmentsEnabled;
                break;
            case AtomAttachedToEnvironment moved:
                EnvironmentOf[moved.AtomId] = moved.EnvironmentId;
                break;
            case AtomDetachedFromEnvironment moved:
                EnvironmentOf.Remove(moved.AtomId);
                break;
            case ProcessAttachedToEnvironment joined:
                ProcessesIn.Add((joined.ProcessId, joined.EnvironmentId));
                break;
            case ProcessDetachedFromEnvironment left:
                ProcessesIn.Remove((left.ProcessId, left.EnvironmentId));
                break;
            case VersionPromoted promoted:
                var source = Histories[promoted.ProcessId].Single(version => version.Deployed.VersionNumber == promoted.VersionNumber).Deployed;
                foreach (var target in promoted.Targets) CurrentIn[(promoted.ProcessId, target.EnvironmentId!.Value)] = new(source, recorded, promoted.Note);
                break;
            case VersionDeployed deployed:
                if (!Histories.TryGetValue(deployed.ProcessId, out var history)) Histories.Add(deployed.ProcessId, history = []);
                history.Add((recorded, deployed));
                foreach (var target in deployed.Targets.Where(target => target.EnvironmentId is not null)) CurrentIn[(deployed.ProcessId, target.EnvironmentId!.Value)] = new(deployed, recorded, deployed.Note);
                break;
            case VersionLabelled labelled:
                Labels.Add((labelled.ProcessId, labelled.VersionNumber), labelled.Label);
                break;
            case VersionWithdrawn withdrawn:
                Withdrawn.Add((withdrawn.ProcessId, withdrawn.VersionNumber));
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

/// <summary>A version, and the deployment or promotion that made it effective.</summary>
internal sealed record Effective(VersionDeployed Deployed, RecordedEvent Recorded, string? Note);
