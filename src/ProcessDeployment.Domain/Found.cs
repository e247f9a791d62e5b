using System.Collections.Immutable;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Webhooks;

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

    public IReadOnlyDictionary<Guid, Webhook?> Webhooks { get; init; } = ImmutableDictionary<Guid, Webhook?>.Empty;

    /// <summary>All of the account that were not deleted, where they were asked for.</summary>
    public IEnumerable<Guid>? LiveWebhooks { get; init; }

    /// <summary>The executions that have not ended, but for those that another called.</summary>
    public IReadOnlyDictionary<AttachmentKey, ImmutableArray<Guid>> UnderWay { get; init; } = ImmutableDictionary<AttachmentKey, ImmutableArray<Guid>>.Empty;

    public IReadOnlyDictionary<Guid, IEnumerable<Guid>> AttachedTo { get; init; } = ImmutableDictionary<Guid, IEnumerable<Guid>>.Empty;

    public IReadOnlyDictionary<Guid, IEnumerable<Guid>> AtomsIn { get; init; } = ImmutableDictionary<Guid, IEnumerable<Guid>>.Empty;

    public IReadOnlyDictionary<Guid, IEnumerable<Guid>> ProcessesIn { get; init; } = ImmutableDictionary<Guid, IEnumerable<Guid>>.Empty;

    /// <summary>All of the account, where they were asked for.</summary>
    public IEnumerable<Guid>? AttachedProcesses { get; init; }

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

    /// <summary>Who may do what, where it was asked for.</summary>
    public AccessState? Access { get; init; }

    /// <summary>Who made the revisions after one; empty for what has none.</summary>
    public IReadOnlyDictionary<RevisionsAfter, ImmutableHashSet<string>> Revisers { get; init; } = ImmutableDictionary<RevisionsAfter, ImmutableHashSet<string>>.Empty;

    /// <summary>All environments of the account, where they were asked for.</summary>
    public EnvironmentsState? Environments { get; init; }

    /// <summary>The account that knows this as well.</summary>
    public Account AddTo(Account account) => account with
    {
        Components = Add(account.Components, Components),
        Atoms = Add(account.Atoms, Atoms),
        Attachments = Add(account.Attachments, Attachments),
        Webhooks = Add(account.Webhooks, Webhooks),
        LiveWebhooks = account.LiveWebhooks ?? (LiveWebhooks is null ? null : Related(LiveWebhooks, account.Webhooks, webhook => !webhook.Deleted)),
        Executions = Add(account.Executions, Executions),
        Parents = Add(account.Parents, Parents),
        UnderWay = Add(account.UnderWay, UnderWay),
        AttachedTo = Add(account.AttachedTo, AttachedTo, account.Components, (process, atomId) => process.Deployment.AtomIds.Contains(atomId)),
        AtomsIn = Add(account.AtomsIn, AtomsIn, account.Atoms, (atom, environmentId) => atom.EnvironmentId == environmentId),
        ProcessesIn = Add(account.ProcessesIn, ProcessesIn, account.Components, (process, environmentId) => process.Deployment.In(environmentId).Attached),
        AttachedProcesses = account.AttachedProcesses ?? (AttachedProcesses is null ? null : Related(AttachedProcesses, account.Components, process => !process.Deployment.AtomIds.IsEmpty)),
        Referrers = Add(account.Referrers, Referrers, account.Components, (component, to) => component.DependsOn().Contains(to)),
        Versions = Add(account.Versions, Versions),
        Manifests = Add(account.Manifests, Manifests),
        Streams = account.Streams.Union(Streams),
        Access = account.Access ?? Access,
        Revisers = Add(account.Revisers, Revisers),
        Environments = account.Environments ?? Environments,
        Licences = account.Licences is not { } known || Licences is not { } found ? account.Licences ?? Licences : known with
        {
            Holdings = Add(known.Holdings, found.Holdings),
            ListedPools = known.ListedPools.Union(found.ListedPools),
        },
    };

    private static ImmutableDictionary<TKey, T> Add<TKey, T>(ImmutableDictionary<TKey, T> known, IReadOnlyDictionary<TKey, T> found)
        where TKey : notnull => known.AddRange(found.Where(pair => !known.ContainsKey(pair.Key)));

    private static ImmutableDictionary<Guid, ImmutableSortedSet<Guid>> Add<T>(
        ImmutableDictionary<Guid, ImmutableSortedSet<Guid>> known, IReadOnlyDictionary<Guid, IEnumerable<Guid>> found, ImmutableDictionary<Guid, T?> things, Func<T, Guid, bool> relates)
        where T : class => known.AddRange(
            from relation in found
            where !known.ContainsKey(relation.Key)
            select KeyValuePair.Create(relation.Key, Related(relation.Value, things, thing => relates(thing, relation.Key))));

    private static ImmutableSortedSet<Guid> Related<T>(IEnumerable<Guid> found, ImmutableDictionary<Guid, T?> things, Func<T, bool> relates)
        where T : class =>
        [.. found.Where(id => !things.ContainsKey(id)), .. from thing in things where thing.Value is not null && relates(thing.Value) select thing.Key];
}
