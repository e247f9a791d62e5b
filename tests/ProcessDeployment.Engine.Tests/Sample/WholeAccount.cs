using System.Collections.Immutable;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Processes;
using Component = ProcessDeployment.Domain.Components.Component;

namespace ProcessDeployment.Engine.Tests.Sample;

/// <summary>A whole account in memory, played by the domain alone.</summary>
internal sealed class WholeAccount
{
    private const int MostRounds = 20;
    private readonly List<DomainEvent> _events = [];

    public Account Account { get; private set; } = Account.Empty;

    public IReadOnlyList<DomainEvent> Events => _events;

    public long Position => _events.Count;

    public Decision Take(Command command)
    {
        for (var round = 0; ; round++)
        {
            var needs = new Needs(Account);
            Decider.Needs(command, Account, needs);
            if (needs.IsEmpty) break;
            if (round == MostRounds) throw new InvalidOperationException($"{command.GetType().Name} asks for something that is never looked up here.");
            LookUp(needs);
        }

        var decision = Decider.Decide(command, Account);
        _events.AddRange(decision.Events);
        Account = Account.Evolve(decision.Events);
        return decision;
    }

    /// <summary>Whether a deploy now would pin other revisions than the current version does.</summary>
    public bool IsRevised(Guid processId) => CurrentVersion(processId) is not { } version
        || version.Manifest.Any(entry => Account.Component(entry.ComponentId) is not { Deleted: false } component || component.Revision != entry.Revision);

    public VersionDeployed? CurrentVersion(Guid processId) => _events.OfType<VersionDeployed>().LastOrDefault(version => version.ProcessId == processId);

    /// <summary>Licences in use in production.</summary>
    public int Used(Contracts.ConnectorClass @class) => Account.KnownLicences().Pool(new(@class, Contracts.Classification.Production)).Used;

    private void LookUp(Needs needs)
    {
        var all = Account.Components.Values.OfType<Component>().ToList();
        Account = Account with
        {
            Components = Account.Components.AddRange(needs.Components.Union(needs.Closures).Select(id => KeyValuePair.Create(id, (Component?)null))),
            Atoms = Account.Atoms.AddRange(needs.Atoms.Select(id => KeyValuePair.Create(id, (Atom?)null))),
            Attachments = Account.Attachments.AddRange(needs.Attachments.Select(key => KeyValuePair.Create(key, (Attachment?)null))),
            Executions = Account.Executions.AddRange(needs.Executions.Select(id => KeyValuePair.Create(id, (Execution?)null))),
            UnderWay = Account.UnderWay.AddRange(needs.UnderWay.Select(key => KeyValuePair.Create(key, ImmutableArray<Guid>.Empty))),
            Parents = Account.Parents.AddRange(needs.Parents.Select(key => KeyValuePair.Create(key, ImmutableArray<Guid>.Empty))),
            Webhooks = Account.Webhooks.AddRange(needs.Webhooks.Select(id => KeyValuePair.Create(id, (Domain.Webhooks.Webhook?)null))),
            LiveWebhooks = Account.LiveWebhooks ?? (needs.LiveWebhooks ? [] : null),
            AttachedTo = Account.AttachedTo.AddRange(needs.AttachedTo.Select(atomId =>
                KeyValuePair.Create(atomId, (ImmutableSortedSet<Guid>)[.. all.Where(c => c.Deployment.AtomIds.Contains(atomId)).Select(c => c.ComponentId)]))),
            Referrers = Account.Referrers.AddRange(needs.Referrers.Select(id =>
                KeyValuePair.Create(id, (ImmutableSortedSet<Guid>)[.. all.Where(c => c.DependsOn().Contains(id)).Select(c => c.ComponentId)]))),
            Versions = Account.Versions.AddRange(needs.Versions.Select(id => KeyValuePair.Create(id, VersionsOf(id)))),
            Manifests = Account.Manifests.AddRange(needs.Manifests.Select(key => KeyValuePair.Create(key, (DeployedManifest?)null))),
            Access = Account.Access ?? (needs.Access ? AccessState.None : null),
            Environments = Account.Environments ?? (needs.Environments ? EnvironmentsState.None : null),
            Licences = LookedUp(needs),
        };
    }

    private ImmutableArray<DeployedVersion> VersionsOf(Guid processId) =>
        [.. _events.OfType<VersionDeployed>().Where(e => e.ProcessId == processId).Select(e => new DeployedVersion(e.VersionNumber, e.ContentDigest))];

    private LicenceState? LookedUp(Needs needs)
    {
        var licences = Account.Licences ?? (needs.Licences ? LicenceState.None : null);
        return licences is null ? null : licences with
        {
            Holdings = licences.Holdings.AddRange(needs.Pairs.Select(pair => KeyValuePair.Create(pair, (ImmutableSortedSet<Holding>)[]))),
            ListedPools = licences.ListedPools.Union(needs.Holders),
        };
    }
}
