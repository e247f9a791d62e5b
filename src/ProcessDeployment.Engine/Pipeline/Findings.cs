using System.Collections.Immutable;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Webhooks;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>What one look-up finds of an account. What was asked for and not found becomes known as absent.</summary>
/// <param name="needs">What was asked for.</param>
/// <param name="streams">Receives the length of each stream that was looked up.</param>
internal sealed class Findings(Needs needs, Dictionary<string, long> streams)
{
    private readonly Dictionary<Guid, Component?> _components = needs.Components.Concat(needs.Closures).Distinct().ToDictionary(id => id, static Component? (_) => null);
    private readonly Dictionary<Guid, Atom?> _atoms = needs.Atoms.ToDictionary(id => id, static Atom? (_) => null);
    private readonly Dictionary<AttachmentKey, Attachment?> _attachments = needs.Attachments.ToDictionary(key => key, static Attachment? (_) => null);
    private readonly Dictionary<Guid, Execution?> _executions = needs.Executions.ToDictionary(id => id, static Execution? (_) => null);
    private readonly Dictionary<AttachmentKey, List<Guid>> _parents = needs.Parents.ToDictionary(key => key, static List<Guid> (_) => []);
    private readonly Dictionary<Guid, Webhook?> _webhooks = needs.Webhooks.ToDictionary(id => id, static Webhook? (_) => null);
    private readonly Dictionary<AttachmentKey, List<Guid>> _underWay = needs.UnderWay.ToDictionary(key => key, static List<Guid> (_) => []);
    private readonly Dictionary<Guid, List<Guid>> _attachedTo = needs.AttachedTo.ToDictionary(id => id, static List<Guid> (_) => []);
    private readonly Dictionary<Guid, List<Guid>> _referrers = needs.Referrers.ToDictionary(id => id, static List<Guid> (_) => []);
    private readonly Dictionary<Guid, List<DeployedVersion>> _versions = needs.Versions.ToDictionary(id => id, static List<DeployedVersion> (_) => []);
    private readonly Dictionary<VersionKey, DeployedManifest?> _manifests = needs.Manifests.ToDictionary(key => key, static DeployedManifest? (_) => null);
    private readonly Dictionary<LicencePair, ImmutableSortedSet<Holding>.Builder> _holdings = needs.Pairs.ToDictionary(pair => pair, static _ => ImmutableSortedSet.CreateBuilder<Holding>());
    private LicenceState _licences = LicenceState.None;
    private readonly Dictionary<Guid, List<Guid>> _atomsIn = needs.AtomsOf.ToDictionary(id => id, static List<Guid> (_) => []);
    private readonly Dictionary<Guid, List<Guid>> _processesIn = needs.ProcessesOf.ToDictionary(id => id, static List<Guid> (_) => []);
    private readonly List<Guid> _attachedProcesses = [];
    private readonly List<Guid> _liveWebhooks = [];
    private readonly Dictionary<RevisionsAfter, ImmutableHashSet<string>> _revisers = needs.RevisersOf.ToDictionary(after => after, static _ => ImmutableHashSet<string>.Empty);
    private AccessPicture _access = AccessPicture.None;
    private EnvironmentsState _environments = EnvironmentsState.None;

    public void Component(Guid id, long length, Component component) => (_components[id], streams[StreamNames.Component(id)]) = (component, length);

    /// <summary>A component that others depend on and that nobody ever saved.</summary>
    public void NoComponent(Guid id) => _components.TryAdd(id, null);

    public void Atom(Guid id, long length, Atom atom) => (_atoms[id], streams[StreamNames.Atom(id)]) = (atom, length);

    public void Attachment(AttachmentKey key, long length, Attachment attachment) => (_attachments[key], streams[StreamNames.Attachment(key)]) = (attachment, length);

    public void Execution(Guid id, long length, Execution execution) =>
        (_executions[id], streams[StreamNames.Execution(execution.ProcessId, id)]) = (execution, length);

    public void Bundled(AttachmentKey key, Guid parentId) => _parents[key].Add(parentId);

    public void IsUnderWay(AttachmentKey key, Guid executionId) => _underWay[key].Add(executionId);

    public void Environment(Guid id, long length, DeploymentEnvironment environment) =>
        (_environments, streams[StreamNames.Environment(id)]) = (_environments with { All = _environments.All.SetItem(id, environment) }, length);

    public void EnvironmentUse(long length, bool enabled) => (_environments, streams[StreamNames.Environments]) = (_environments with { Enabled = enabled }, length);

    public void AtomIn(Guid environmentId, Guid atomId) => _atomsIn[environmentId].Add(atomId);

    public void ProcessIn(Guid environmentId, Guid processId) => _processesIn[environmentId].Add(processId);

    public void AttachedSomewhere(Guid processId) => _attachedProcesses.Add(processId);

    public void Access(long length, Guid? mark, AccessEvent? stands, AccessPicture? remembered) => (_access, streams[StreamNames.Access]) = (_access.With(length, mark, stands, remembered), length);

    /// <summary>Who may do what; null where that was not asked.</summary>
    public AccessPicture? Picture => needs.Access ? _access : null;

    public void Reviser(RevisionsAfter after, string actor) => _revisers[after] = _revisers[after].Add(actor);

    public void Webhook(Guid id, long length, Webhook webhook) => (_webhooks[id], streams[StreamNames.Webhook(id)]) = (webhook, length);

    public void LiveWebhook(Guid id) => _liveWebhooks.Add(id);

    public void Attached(Guid atomId, Guid processId) => _attachedTo[atomId].Add(processId);

    public void Refers(Guid to, Guid from) => _referrers[to].Add(from);

    public void Version(Guid processId, DeployedVersion version) => _versions[processId].Add(version);

    public void Manifest(VersionKey key, DeployedManifest manifest) => _manifests[key] = manifest;

    public void Licences(long length, LicenceEnforcement mode) => (_licences, streams[StreamNames.Licences]) = (_licences with { Mode = mode }, length);

    public void Stream(string name, long length) => streams[name] = length;

    public void Pool(PoolKey key, LicencePool pool) => _licences = _licences with { Pools = _licences.Pools.SetItem(key, pool) };

    public void Held(LicencePair pair, Holding holding)
    {
        if (!_holdings.TryGetValue(pair, out var holdings)) _holdings[pair] = holdings = ImmutableSortedSet.CreateBuilder<Holding>();
        holdings.Add(holding);
    }

    public Found Found() => new()
    {
        Components = _components,
        Atoms = _atoms,
        Attachments = _attachments,
        Executions = _executions,
        Parents = _parents.ToDictionary(found => found.Key, found => found.Value.ToImmutableArray()),
        Webhooks = _webhooks,
        LiveWebhooks = needs.LiveWebhooks ? _liveWebhooks : null,
        UnderWay = _underWay.ToDictionary(found => found.Key, found => found.Value.ToImmutableArray()),
        AttachedTo = _attachedTo.ToDictionary(found => found.Key, IEnumerable<Guid> (found) => found.Value),
        Referrers = _referrers.ToDictionary(found => found.Key, IEnumerable<Guid> (found) => found.Value),
        Versions = _versions.ToDictionary(found => found.Key, found => found.Value.ToImmutableArray()),
        Manifests = _manifests,
        Streams = needs.Streams,
        Access = Picture?.State,
        Revisers = _revisers,
        Environments = needs.Environments ? _environments : null,
        AtomsIn = _atomsIn.ToDictionary(found => found.Key, IEnumerable<Guid> (found) => found.Value),
        ProcessesIn = _processesIn.ToDictionary(found => found.Key, IEnumerable<Guid> (found) => found.Value),
        AttachedProcesses = needs.AnyAttached ? _attachedProcesses : null,
        Licences = !needs.Licences && _holdings.Count == 0 && needs.Holders.Count == 0 ? null : _licences with
        {
            Holdings = _holdings.ToImmutableDictionary(found => found.Key, found => found.Value.ToImmutable()),
            ListedPools = [.. needs.Holders],
        },
    };
}
