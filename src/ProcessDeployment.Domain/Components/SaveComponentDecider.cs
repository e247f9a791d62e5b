using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Components;

/// <summary>Every save makes a revision, even one that changes nothing. It touches one stream only.</summary>
public static class SaveComponentDecider
{
    public static void Needs(ComponentSave command, Account account, Needs needs)
    {
        if (needs.Component(command.ComponentId)) needs.Closure(NewReferences(command, account));
    }

    /// <param name="command">The command.</param>
    /// <param name="account">What it looks at.</param>
    /// <param name="contentHash">SHA-256 of the content to be stored, lower-case hex.</param>
    public static Decision Decide(ComponentSave command, Account account, string contentHash)
    {
        var component = account.Component(command.ComponentId);
        if (Cycles.Path(command.ComponentId, NewReferences(command, account), account) is { } path) return Cycles.Refused(path);
        if (component is not null && !string.Equals(component.ComponentType, command.ComponentType, StringComparison.Ordinal))
            return new Refusal(RefusalCodes.ComponentTypeChanged, $"The component is a {component.ComponentType} since its first save, not a {command.ComponentType}.");
        if (component is { Deleted: true }) return ComponentRules.Deleted(command.ComponentId);

        return new RevisionMade
        {
            ComponentId = command.ComponentId,
            ComponentType = command.ComponentType,
            Name = command.Name,
            Folder = command.Folder,
            Revision = (component?.Revision ?? 0) + 1,
            References = [.. (command.References ?? []).Distinct()],
            Connector = command.Connector,
            StartStep = command.StartStep,
            // Who sends the first form cannot say it, and does not take it back either.
            AllowSimultaneousRuns = command is SaveComponentV2 second ? second.AllowSimultaneousRuns : component?.AllowSimultaneousRuns,
            Extensions = command.Extensions ?? [],
            ContentHash = contentHash,
            SourceRevision = command.SourceRevision,
        };
    }

    /// <summary>Only a new dependent reference can close a cycle; while a component is deleted, an old one of it can too.</summary>
    private static IEnumerable<Guid> NewReferences(ComponentSave command, Account account)
    {
        HashSet<Guid> known = account.Component(command.ComponentId) is { Deleted: false } component ? [.. component.DependsOn()] : [];
        return (command.References ?? [])
            .Where(reference => reference.Kind == ReferenceKind.Dependent && !known.Contains(reference.ComponentId))
            .Select(reference => reference.ComponentId);
    }
}
