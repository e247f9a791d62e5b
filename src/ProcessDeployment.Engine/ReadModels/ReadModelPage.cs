using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>Events in the order of their positions, account by account as they came.</summary>
public sealed class ReadModelPage
{
    public ReadModelPage(IReadOnlyList<Recorded> events)
    {
        Events = events;
        Changed = [.. Subjects<ComponentEvent>().Distinct()];
        Deleted = [.. Subjects<ComponentDeleted>().Distinct()];
        Processes = [.. events.Select(ProcessOf).OfType<Subject>().Distinct()];
    }

    public IReadOnlyList<Recorded> Events { get; }

    /// <summary>Components that were saved, deleted or restored.</summary>
    public IReadOnlyList<Subject> Changed { get; }

    public IReadOnlyList<Subject> Deleted { get; }

    /// <summary>Processes with events of their own; of deleted and restored components it is only known later whether they are Processes.</summary>
    public IReadOnlyList<Subject> Processes { get; }

    public IEnumerable<(Recorded Recorded, T Event)> Of<T>() =>
        from recorded in Events where recorded.Event is T select (recorded, (T)(object)recorded.Event);

    private IEnumerable<Subject> Subjects<T>()
        where T : ComponentEvent =>
        from happened in Of<T>()
        select new Subject(happened.Recorded.AccountId, happened.Event.ComponentId);

    private static bool IsProcess(RevisionMade made) => string.Equals(made.ComponentType, ComponentTypes.Process, StringComparison.Ordinal);

    private static Subject? ProcessOf(Recorded recorded) => recorded.Event switch
    {
        RevisionMade made => IsProcess(made) ? new(recorded.AccountId, made.ComponentId) : null,
        ComponentEvent happened => new(recorded.AccountId, happened.ComponentId),
        AttachmentRefused or DeploymentRefused or MoveRefused => null,
        ProcessEvent happened => new(recorded.AccountId, happened.ProcessId),
        _ => null,
    };
}

/// <summary>Something in an account.</summary>
public sealed record Subject(string AccountId, Guid Id);
