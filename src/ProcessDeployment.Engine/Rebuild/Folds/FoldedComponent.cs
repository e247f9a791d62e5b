using System.Runtime.InteropServices;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Rebuild.Folds;

/// <summary>What a component is after the events so far, with what a Process has deployed.</summary>
internal sealed class FoldedComponent(Guid componentId)
{
    /// <summary>What the current version pins, and what earlier ones did. By value: a million small objects that stay would make every collection of garbage a pause.</summary>
    private readonly Dictionary<Guid, FoldedPin> _pins = [];

    private readonly List<Guid> _atoms = [];

    public Guid ComponentId { get; } = componentId;
    public string Type { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string? Folder { get; private set; }
    public StartStep? StartStep { get; private set; }
    public int Revision { get; private set; }
    public FoldedHash ContentHash { get; private set; }
    public string SavedBy { get; private set; } = "";
    public DateTimeOffset SavedAt { get; private set; }
    public string ChangedBy { get; private set; } = "";
    public DateTimeOffset ChangedAt { get; private set; }
    public bool Deleted { get; private set; }
    public int? CurrentVersion { get; private set; }
    public string? DeployedBy { get; private set; }
    public DateTimeOffset? DeployedAt { get; private set; }

    public IReadOnlyDictionary<Guid, FoldedPin> Pins => _pins;

    /// <summary>Ordered, as the list shows them.</summary>
    public IReadOnlyCollection<Guid> Atoms => [.. _atoms.Order()];

    public void Saved(Recorded recorded, RevisionMade made)
    {
        (Type, Name, Folder, StartStep, Revision, ContentHash) = (made.ComponentType, Kept(Name, made.Name), Kept(Folder, made.Folder), made.StartStep, made.Revision, new(made.ContentHash));
        (SavedBy, SavedAt) = (recorded.Actor, recorded.Time);
        Changed(recorded, deleted: false);
    }

    public void Changed(Recorded recorded, bool deleted) => (ChangedBy, ChangedAt, Deleted) = (recorded.Actor, recorded.Time, deleted);

    public void Attached(Guid atomId)
    {
        if (!_atoms.Contains(atomId)) _atoms.Add(atomId);
    }

    public void Detached(Guid atomId) => _atoms.Remove(atomId);

    public void Deployed(Recorded recorded, VersionDeployed deployed)
    {
        (CurrentVersion, DeployedBy, DeployedAt) = (deployed.VersionNumber, recorded.Actor, recorded.Time);
        foreach (var entry in deployed.Manifest)
        {
            ref var pin = ref CollectionsMarshal.GetValueRefOrAddDefault(_pins, entry.ComponentId, out _);
            pin = new(deployed.VersionNumber, entry.Revision, new(entry.ContentHash), Math.Max(pin.Highest, entry.Revision));
        }
    }

    /// <summary>Mostly a save leaves it as it was: then the text stays the one that has long been there.</summary>
    private static T Kept<T>(T before, T now) => EqualityComparer<T>.Default.Equals(before, now) ? before : now;
}

/// <summary>What a Process pinned of a component.</summary>
/// <param name="VersionNumber">The latest version that pins it.</param>
/// <param name="Revision">Which revision that is.</param>
/// <param name="ContentHash">And with what content.</param>
/// <param name="Highest">The highest revision that any version pinned. Revisions only go up: the latest one was pinned before exactly when it is this one.</param>
internal readonly record struct FoldedPin(int VersionNumber, int Revision, FoldedHash ContentHash, int Highest);
