using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>Events in the order of their positions, account by account as they came.</summary>
public sealed class ReadModelPage
{
    public ReadModelPage(IReadOnlyList<Recorded> events)
    {
        Events = events;
        Changed = Subjects<ComponentEvent>(e => e.ComponentId);
        Deleted = Subjects<ComponentDeleted>(e => e.ComponentId);
        StartedAfresh = [.. Subjects<VersionDeployed>(e => e.ProcessId).Union(Subjects<ComponentRestored>(e => e.ComponentId))];
        Reattached = [.. Subjects<AtomAttached>(e => e.ProcessId).Union(Subjects<AtomDetached>(e => e.ProcessId)).Except(StartedAfresh)];
        SavedProcesses = [.. Of<RevisionMade>()
            .Where(saved => string.Equals(saved.Event.ComponentType, ComponentTypes.Process, StringComparison.Ordinal))
            .GroupBy(saved => new Subject(saved.Recorded.AccountId, saved.Event.ComponentId), (_, saves) => saves.Last())
            .ExceptBy(StartedAfresh, saved => new(saved.Recorded.AccountId, saved.Event.ComponentId))];
    }

    public IReadOnlyList<Recorded> Events { get; }

    /// <summary>Components that were saved, deleted or restored.</summary>
    public IReadOnlyList<Subject> Changed { get; }

    public IReadOnlyList<Subject> Deleted { get; }

    /// <summary>Processes with another current version, or back again; of restored components only the history says whether they are Processes.</summary>
    public IReadOnlyList<Subject> StartedAfresh { get; }

    /// <summary>Processes with other Atoms, and nothing more.</summary>
    public IReadOnlyList<Subject> Reattached { get; }

    /// <summary>The last save of each Process that was saved and nothing more.</summary>
    public IReadOnlyList<(Recorded Recorded, RevisionMade Event)> SavedProcesses { get; }

    public IEnumerable<(Recorded Recorded, T Event)> Of<T>() =>
        from recorded in Events where recorded.Event is T select (recorded, (T)(object)recorded.Event);

    private List<Subject> Subjects<T>(Func<T, Guid> id) => [.. Of<T>().Select(happened => new Subject(happened.Recorded.AccountId, id(happened.Event))).Distinct()];
}

/// <summary>Something in an account.</summary>
public sealed record Subject(string AccountId, Guid Id)
{
    public static Rows<Subject> Keys(IReadOnlyList<Subject> subjects) => Rows.Of(subjects).Text(s => s.AccountId).Uuid(s => s.Id);
}
