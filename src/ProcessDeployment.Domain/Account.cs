using System.Collections.Immutable;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Webhooks;

namespace ProcessDeployment.Domain;

/// <summary>
/// The part of an account that decisions look at. A key that is present was looked up; a null value says that nothing is
/// there. Whoever holds the account's lock sees everything, so no decision needs a further device (licence pools,
/// reference cycles, attach against delete). How much is loaded grows with what changes, not with the account.
/// </summary>
public sealed record Account
{
    public static readonly Account Empty = new();

    public ImmutableDictionary<Guid, Component?> Components { get; init; } = ImmutableDictionary<Guid, Component?>.Empty;

    public ImmutableDictionary<Guid, Atom?> Atoms { get; init; } = ImmutableDictionary<Guid, Atom?>.Empty;

    /// <summary>Processes on Atoms, attached there or not.</summary>
    public ImmutableDictionary<AttachmentKey, Attachment?> Attachments { get; init; } = ImmutableDictionary<AttachmentKey, Attachment?>.Empty;

    public ImmutableDictionary<Guid, Execution?> Executions { get; init; } = ImmutableDictionary<Guid, Execution?>.Empty;

    /// <summary>
    /// For a Process on an Atom those deployed there that bundle it, as the store knows them: about a Process that is known
    /// here, its own state says it.
    /// </summary>
    public ImmutableDictionary<AttachmentKey, ImmutableArray<Guid>> Parents { get; init; } = ImmutableDictionary<AttachmentKey, ImmutableArray<Guid>>.Empty;

    public ImmutableDictionary<Guid, Webhook?> Webhooks { get; init; } = ImmutableDictionary<Guid, Webhook?>.Empty;

    /// <summary>Which webhooks there are; null until looked up.</summary>
    public ImmutableSortedSet<Guid>? LiveWebhooks { get; init; }

    /// <summary>For a Process on an Atom the runs under way there, as the store knows them: of an execution that is known here, its own state says it.</summary>
    public ImmutableDictionary<AttachmentKey, ImmutableArray<Guid>> UnderWay { get; init; } = ImmutableDictionary<AttachmentKey, ImmutableArray<Guid>>.Empty;

    /// <summary>Which Processes are attached to an Atom.</summary>
    public ImmutableDictionary<Guid, ImmutableSortedSet<Guid>> AttachedTo { get; init; } = ImmutableDictionary<Guid, ImmutableSortedSet<Guid>>.Empty;

    /// <summary>Which Atoms are in an environment.</summary>
    public ImmutableDictionary<Guid, ImmutableSortedSet<Guid>> AtomsIn { get; init; } = ImmutableDictionary<Guid, ImmutableSortedSet<Guid>>.Empty;

    /// <summary>Which Processes are attached to an environment.</summary>
    public ImmutableDictionary<Guid, ImmutableSortedSet<Guid>> ProcessesIn { get; init; } = ImmutableDictionary<Guid, ImmutableSortedSet<Guid>>.Empty;

    /// <summary>Every Process that is attached to any Atom; null until looked up.</summary>
    public ImmutableSortedSet<Guid>? AttachedProcesses { get; init; }

    /// <summary>Which components depend on a component directly.</summary>
    public ImmutableDictionary<Guid, ImmutableSortedSet<Guid>> Referrers { get; init; } = ImmutableDictionary<Guid, ImmutableSortedSet<Guid>>.Empty;

    /// <summary>Every version of a Process in short, in order.</summary>
    public ImmutableDictionary<Guid, ImmutableArray<DeployedVersion>> Versions { get; init; } = ImmutableDictionary<Guid, ImmutableArray<DeployedVersion>>.Empty;

    /// <summary>Manifests of single versions.</summary>
    public ImmutableDictionary<VersionKey, DeployedManifest?> Manifests { get; init; } = ImmutableDictionary<VersionKey, DeployedManifest?>.Empty;

    /// <summary>Streams without a state of their own whose lengths were looked up.</summary>
    public ImmutableHashSet<string> Streams { get; init; } = [];

    /// <summary>Null until looked up.</summary>
    public LicenceState? Licences { get; init; }

    /// <summary>Who may do what; null until looked up.</summary>
    public AccessState? Access { get; init; }

    /// <summary>Who made the revisions of a component after one of them.</summary>
    public ImmutableDictionary<RevisionsAfter, ImmutableHashSet<string>> Revisers { get; init; } = ImmutableDictionary<RevisionsAfter, ImmutableHashSet<string>>.Empty;

    /// <summary>Null until looked up.</summary>
    public EnvironmentsState? Environments { get; init; }

    public Component? Component(Guid componentId) => Components.GetValueOrDefault(componentId);

    public Atom? LiveAtom(Guid atomId) => Atoms.GetValueOrDefault(atomId) is { Deleted: false } atom ? atom : null;

    public Webhook? LiveWebhook(Guid webhookId) => Webhooks.GetValueOrDefault(webhookId) is { Deleted: false } webhook ? webhook : null;

    public LicenceState KnownLicences() => Licences ?? throw new InvalidOperationException("The licences of the account were not looked up.");

    public AccessState KnownAccess() => Access ?? throw new InvalidOperationException("Who may do what in the account was not looked up.");

    /// <summary>The same after somebody revised a component, which the event does not say itself, and the store not before it is written.</summary>
    public Account Revised(RevisionMade made, string actor)
    {
        var after = Revisers.Keys.Where(known => known.ComponentId == made.ComponentId && known.Revision < made.Revision).Append(new(made.ComponentId, made.Revision - 1)).Distinct();
        return this with { Revisers = Revisers.SetItems([.. after.Select(known => KeyValuePair.Create(known, Revisers.GetValueOrDefault(known, []).Add(actor)))]) };
    }

    public EnvironmentsState KnownEnvironments() => Environments ?? throw new InvalidOperationException("The environments of the account were not looked up.");

    public Account Evolve(IEnumerable<DomainEvent> events) => events.Aggregate(this, (account, @event) => account.Evolve(@event));

    public Account Evolve(DomainEvent @event) => @event switch
    {
        ComponentEvent happened => WithComponent(happened.ComponentId, @event),
        ProcessEvent happened => WithComponent(happened.ProcessId, @event).WithVersion(@event).WithDetached(@event),
        AttachmentEvent happened => this with { Attachments = Attachments.SetItem(happened.Key(), Attachment.Evolve(Attachments.GetValueOrDefault(happened.Key()), @event)) },
        AtomEvent happened => WithAtom(happened.AtomId, @event),
        ExecutionEvent happened => this with { Executions = Executions.SetItem(happened.ExecutionId, Execution.Evolve(Executions.GetValueOrDefault(happened.ExecutionId), happened)) },
        EnvironmentEvent or EnvironmentUseEvent => this with { Environments = (Environments ?? EnvironmentsState.None).Evolve(@event) },
        WebhookEvent happened => WithWebhook(happened.WebhookId, @event),
        AccessEvent => this with { Access = (Access ?? AccessState.None).Evolve(@event) },
        LicenceEvent => this with { Licences = (Licences ?? LicenceState.None).Evolve(@event) },
        _ => this,
    };

    private Account WithComponent(Guid id, DomainEvent @event)
    {
        var before = Components.GetValueOrDefault(id);
        var after = Domain.Components.Component.Evolve(before, @event);
        return this with
        {
            Components = Components.SetItem(id, after),
            AttachedTo = Reverse.Moved(AttachedTo, id, before?.Deployment.AtomIds ?? [], after?.Deployment.AtomIds ?? []),
            AttachedProcesses = after?.Deployment.AtomIds is { IsEmpty: false } ? AttachedProcesses?.Add(id) : AttachedProcesses?.Remove(id),
            ProcessesIn = Reverse.Moved(ProcessesIn, id, before?.Deployment.AttachedEnvironments() ?? [], after?.Deployment.AttachedEnvironments() ?? []),
            Referrers = @event is RevisionMade ? Reverse.Moved(Referrers, id, before?.DependsOn() ?? [], after?.DependsOn() ?? []) : Referrers,
            Licences = Licences?.Moved(id, before?.Deployment ?? Deployment.None, after?.Deployment ?? Deployment.None),
        };
    }

    private Account WithAtom(Guid id, DomainEvent @event)
    {
        var before = Atoms.GetValueOrDefault(id);
        var after = Atom.Evolve(before, @event);
        return this with { Atoms = Atoms.SetItem(id, after), AtomsIn = Reverse.Moved(AtomsIn, id, before?.Environments() ?? [], after?.Environments() ?? []) };
    }

    private Account WithWebhook(Guid id, DomainEvent @event)
    {
        var after = Webhook.Evolve(Webhooks.GetValueOrDefault(id), @event);
        return this with { Webhooks = Webhooks.SetItem(id, after), LiveWebhooks = after is { Deleted: false } ? LiveWebhooks?.Add(id) : LiveWebhooks?.Remove(id) };
    }

    private Account WithDetached(DomainEvent @event) =>
        @event is AtomDetached detached && new AttachmentKey(detached.ProcessId, detached.AtomId) is var key && Attachments.TryGetValue(key, out var known)
            ? this with { Attachments = Attachments.SetItem(key, Attachment.Evolve(known, @event)) }
            : this;

    private Account WithVersion(DomainEvent @event) => @event switch
    {
        VersionDeployed deployed => With(deployed.ProcessId, known => known.Add(new(deployed.VersionNumber, deployed.ContentDigest))) with
        {
            Manifests = Manifests.SetItem(
                new(deployed.ProcessId, deployed.VersionNumber), new(deployed.Digest, deployed.ContentDigest, deployed.Manifest)),
        },
        VersionLabelled labelled => With(labelled.ProcessId, known => Changed(known, labelled.VersionNumber, version => version with { Label = labelled.Label })),
        VersionWithdrawn withdrawn => With(withdrawn.ProcessId, known => Changed(known, withdrawn.VersionNumber, version => version with { Withdrawn = true })),
        _ => this,
    };

    private Account With(Guid processId, Func<ImmutableArray<DeployedVersion>, ImmutableArray<DeployedVersion>> change) =>
        Versions.TryGetValue(processId, out var known) ? this with { Versions = Versions.SetItem(processId, change(known)) } : this;

    private static ImmutableArray<DeployedVersion> Changed(ImmutableArray<DeployedVersion> known, int versionNumber, Func<DeployedVersion, DeployedVersion> change) =>
        [.. known.Select(version => version.VersionNumber == versionNumber ? change(version) : version)];
}

/// <summary>Names one version of one Process.</summary>
public readonly record struct VersionKey(Guid ProcessId, int VersionNumber);

/// <summary>A version in short.</summary>
/// <param name="VersionNumber">Its number.</param>
/// <param name="ContentDigest">Tells whether another has the same content.</param>
/// <param name="Label">What people call it; null where nobody said so. With one it is a package.</param>
/// <param name="Withdrawn">It is not deployed again, and not promoted.</param>
public sealed record DeployedVersion(int VersionNumber, string ContentDigest, string? Label = null, bool Withdrawn = false);

/// <summary>What a version pinned.</summary>
public sealed record DeployedManifest(string Digest, string ContentDigest, IReadOnlyList<ManifestEntry> Manifest);
