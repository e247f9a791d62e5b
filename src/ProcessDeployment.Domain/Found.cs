using System.Collections.Immutable;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Licences;

namespace ProcessDeployment.Domain;

/// <summary>
/// What a store found for <see cref="Needs"/>. A batch decides several commands before it writes, so what is found in
/// the middle of it may be older than the account: what the account knows wins, also within the relations found.
/// </summary>
public sealed record Found
{
    /// <summary>Null for a component that was never saved.</summary>
    public IReadOnlyDictionary<Guid, Component?> Components { get; init; } = ImmutableDictionary<Guid, Component?>.Empty;

    public IReadOnlyDictionary<Guid, Atom?> Atoms { get; init; } = ImmutableDictionary<Guid, Atom?>.Empty;

    /// <summary>Null for a pair of which nothing ever happened.</summary>
    public IReadOnlyDictionary<AttachmentKey, Attachment?> Attachments { get; init; } = ImmutableDictionary<AttachmentKey, Attachment?>.Empty;

    public IReadOnlyDictionary<Guid, Execution?> Executions { get; init; } = ImmutableDictionary<Guid, Execution?>.Empty;

    /// <summary>The Processes deployed on the Atom that bundle the Process, ordered by ids.</summary>
    public IReadOnlyDictionary<AttachmentKey, ImmutableArray<Guid>> Parents { get; init; } = ImmutableDictionary<AttachmentKey, ImmutableArray<Guid>>.Empty;

    public IReadOnlyDictionary<Guid, IEnumerable<Guid>> AttachedTo { get; init; } = ImmutableDictionary<Guid, IEnumerable<Guid>>.Empty;

    /// <summary>By the latest revisions, those of deleted components included.</summary>
    public IReadOnlyDictionary<Guid, IEnumerable<Guid>> Referrers { get; init; } = ImmutableDictionary<Guid, IEnumerable<Guid>>.Empty;

    /// <summary>In order of number; empty for what has none.</summary>
    public IReadOnlyDictionary<Guid, ImmutableArray<DeployedVersion>> Versions { get; init; } = ImmutableDictionary<Guid, ImmutableArray<DeployedVersion>>.Empty;

    public IReadOnlyDictionary<VersionKey, DeployedManifest?> Manifests { get; init; } = ImmutableDictionary<VersionKey, DeployedManifest?>.Empty;

    /// <summary>Streams whose lengths were looked up.</summary>
    public IEnumerable<string> Streams { get; init; } = [];

    /// <summary>
    /// Pools and mode where they were asked for. Each pair with all its holders, whatever their class and whether it
    /// was asked for by itself or with a class; a pair without a holder is there too, empty.
    /// </summary>
    public LicenceState? Licences { get; init; }

    /// <summary>The account that knows this as well.</summary>
    public Account AddTo(Account account) => account with
    {
        Components = Add(account.Components, Components),
        Atoms = Add(account.Atoms, Atoms),
        Attachments = Add(account.Attachments, Attachments),
        Executions = Add(account.Executions, Executions),
        Parents = Add(account.Parents, Parents),
        AttachedTo = Add(account.AttachedTo, AttachedTo, account, (process, atomId) => process.Deployment.AtomIds.Contains(atomId)),
        Referrers = Add(account.Referrers, Referrers, account, (component, to) => component.DependsOn().Contains(to)),
        Versions = Add(account.Versions, Versions),
        Manifests = Add(account.Manifests, Manifests),
        Streams = account.Streams.Union(Streams),
        Licences = account.Licences is not { } known || Licences is not { } found ? account.Licences ?? Licences : known with
        {
            Holdings = Add(known.Holdings, found.Holdings),
            ListedClasses = known.ListedClasses.Union(found.ListedClasses),
        },
    };

    private static ImmutableDictionary<TKey, T> Add<TKey, T>(ImmutableDictionary<TKey, T> known, IReadOnlyDictionary<TKey, T> found)
        where TKey : notnull => known.AddRange(found.Where(pair => !known.ContainsKey(pair.Key)));

    private static ImmutableDictionary<Guid, ImmutableSortedSet<Guid>> Add(
        ImmutableDictionary<Guid, ImmutableSortedSet<Guid>> known, IReadOnlyDictionary<Guid, IEnumerable<Guid>> found, Account account, Func<Component, Guid, bool> relates) =>
        known.AddRange(
            from relation in found
            where !known.ContainsKey(relation.Key)
            let elsewhere = relation.Value.Where(id => !account.Components.ContainsKey(id))
            let here = account.Components.Values.OfType<Component>().Where(component => relates(component, relation.Key))
            select KeyValuePair.Create(relation.Key, elsewhere.Concat(here.Select(component => component.ComponentId)).ToImmutableSortedSet()));
}
