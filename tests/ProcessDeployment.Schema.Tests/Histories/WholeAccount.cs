using System.Collections.Immutable;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Licences;

namespace ProcessDeployment.Schema.Tests.Histories;

/// <summary>An account of which everything is known: nothing has to be looked up, and nothing is left out of its state.</summary>
internal static class WholeAccount
{
    public static Account Nothing { get; } = Account.Empty with
    {
        Licences = LicenceState.None,
        Environments = EnvironmentsState.None,
        Access = AccessState.None,
        AttachedProcesses = [],
        LiveWebhooks = [],
    };

    /// <summary>Relations are followed from the first event of either side.</summary>
    public static Account After(Account account, DomainEvent happened, string actor)
    {
        var known = happened switch
        {
            RevisionMade made => Named(account, made).Revised(made, actor),
            AtomRegistered registered => account with { AttachedTo = With(account.AttachedTo, registered.AtomId) },
            EnvironmentCreated created => account with { AtomsIn = With(account.AtomsIn, created.EnvironmentId), ProcessesIn = With(account.ProcessesIn, created.EnvironmentId) },
            _ => account,
        };
        return known.Evolve(happened);
    }

    private static Account Named(Account account, RevisionMade made) => account with
    {
        Referrers = made.References.Select(reference => reference.ComponentId).Append(made.ComponentId).Aggregate(account.Referrers, With),
        Versions = account.Versions.ContainsKey(made.ComponentId) ? account.Versions : account.Versions.Add(made.ComponentId, []),
    };

    private static ImmutableDictionary<Guid, ImmutableSortedSet<Guid>> With(
        ImmutableDictionary<Guid, ImmutableSortedSet<Guid>> relation, Guid id) => relation.ContainsKey(id) ? relation : relation.Add(id, []);
}
