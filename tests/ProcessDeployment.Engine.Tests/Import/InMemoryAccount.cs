using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Import;
using ProcessDeployment.Engine.Tests.Sample;
using Component = ProcessDeployment.Domain.Components.Component;

namespace ProcessDeployment.Engine.Tests.Import;

/// <summary>Takes imports as an engine does: commands are decided by the domain, each id once for ever.</summary>
internal sealed class InMemoryAccount : IImportTarget
{
    private readonly WholeAccount _account = new();
    private readonly Dictionary<Guid, (Outcome Outcome, string Data)> _outcomes = [];

    /// <summary>Every command that took effect, in order.</summary>
    public List<Command> Accepted { get; } = [];

    /// <summary>Revisions of a component, by the hash of their content.</summary>
    public List<ComponentSave> SavesOf(Guid componentId) => [.. Accepted.OfType<ComponentSave>().Where(save => save.ComponentId == componentId)];

    /// <summary>Answers as if nothing had been saved since: a read model that is behind, or a second import at the same time.</summary>
    public bool IsBehind { get; set; }

    public Task<IReadOnlyDictionary<Guid, KnownComponent>> FindAsync(IReadOnlyCollection<Guid> ids, long? atLeast, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<Guid, KnownComponent>>((IsBehind ? [] : ids)
            .Select(id => _account.Account.Component(id)).OfType<Component>()
            .ToDictionary(component => component.ComponentId, component => new KnownComponent
            {
                ComponentId = component.ComponentId,
                ComponentType = component.ComponentType,
                Name = component.Name,
                Folder = component.Folder,
                LatestRevision = component.Revision,
                ContentHash = component.ContentHash,
                Deleted = component.Deleted,
            }));

    public Task<IReadOnlyList<Outcome>> SendAsync(IReadOnlyList<ImportCommand> commands, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Outcome>>([.. commands.Select(command => Send(command.CommandId, command.Command))]);

    public Outcome Send(Guid commandId, Command command)
    {
        if (_outcomes.TryGetValue(commandId, out var first))
        {
            first.Data.ShouldBe(command.ToString(), "the same id must not be used for other data");
            return first.Outcome with { Replayed = true };
        }

        var decision = _account.Take(command);
        if (decision.Status == OutcomeStatus.Accepted) Accepted.Add(command);
        var outcome = new Outcome
        {
            CommandId = commandId,
            Status = decision.Status,
            Position = _account.Position,
            Warnings = decision.Warnings,
            Refusal = decision.Refusal is { } refusal ? new(refusal.Code, refusal.Message, null) : null,
        };
        _outcomes.Add(commandId, (outcome, command.ToString()));
        return outcome;
    }
}
