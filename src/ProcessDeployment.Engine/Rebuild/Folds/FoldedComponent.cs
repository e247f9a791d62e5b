using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Rebuild.Folds;

/// <summary>What a component is after the events so far, with what a Process has deployed.</summary>
internal sealed class FoldedComponent(Guid componentId)
{
    public Guid ComponentId { get; } = componentId;
    public string Type { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string? Folder { get; private set; }
    public StartStep? StartStep { get; private set; }
    public int Revision { get; private set; }
    public string ContentHash { get; private set; } = "";
    public string SavedBy { get; private set; } = "";
    public DateTimeOffset SavedAt { get; private set; }
    public string ChangedBy { get; private set; } = "";
    public DateTimeOffset ChangedAt { get; private set; }
    public bool Deleted { get; private set; }

    /// <summary>Ordered, as the list shows them.</summary>
    public SortedSet<Guid> Atoms { get; } = [];

    public int? CurrentVersion { get; private set; }
    public string? DeployedBy { get; private set; }
    public DateTimeOffset? DeployedAt { get; private set; }

    /// <summary>What the current version pins, and what earlier ones did.</summary>
    public Dictionary<Guid, FoldedPin> Pins { get; } = [];

    public void Saved(Recorded recorded, RevisionMade made)
    {
        (Type, Name, Folder, StartStep, Revision, ContentHash) = (made.ComponentType, made.Name, made.Folder, made.StartStep, made.Revision, made.ContentHash);
        (SavedBy, SavedAt) = (recorded.Actor, recorded.Time);
        Changed(recorded, deleted: false);
    }

    public void Changed(Recorded recorded, bool deleted) => (ChangedBy, ChangedAt, Deleted) = (recorded.Actor, recorded.Time, deleted);

    public void Deployed(Recorded recorded, VersionDeployed deployed, Dictionary<Guid, FoldedComponent> components)
    {
        (CurrentVersion, DeployedBy, DeployedAt) = (deployed.VersionNumber, recorded.Actor, recorded.Time);
        foreach (var pin in Pins.Values) pin.IsCurrent = false;
        foreach (var entry in deployed.Manifest)
        {
            if (!Pins.TryGetValue(entry.ComponentId, out var pin)) Pins.Add(entry.ComponentId, pin = new());
            // Mostly what is pinned is what is there: its hash is kept once, not once for each Process.
            var now = components.GetValueOrDefault(entry.ComponentId)?.ContentHash ?? "";
            pin.Set(entry.Revision, string.Equals(entry.ContentHash, now, StringComparison.Ordinal) ? now : entry.ContentHash);
        }
    }
}

/// <summary>What a Process pinned of a component.</summary>
internal sealed class FoldedPin
{
    public bool IsCurrent { get; set; }
    public int Revision { get; private set; }
    public string ContentHash { get; private set; } = "";

    /// <summary>The highest revision that any version pinned. Revisions only go up: the latest one was pinned before exactly when it is this one.</summary>
    public int Highest { get; private set; }

    public void Set(int revision, string contentHash) => (IsCurrent, Revision, ContentHash, Highest) = (true, revision, contentHash, Math.Max(Highest, revision));
}
