using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Licences;

namespace ProcessDeployment.Domain;

/// <summary>
/// What decisions still have to look up before they can be made. Each adder asks the account first, so that only the
/// unknown remains; when nothing remains, the decision can be made.
/// </summary>
public sealed class Needs(Account account)
{
    /// <summary>Components by themselves.</summary>
    public HashSet<Guid> Components { get; } = [];

    /// <summary>Components with everything they depend on.</summary>
    public HashSet<Guid> Closures { get; } = [];

    public HashSet<Guid> Atoms { get; } = [];

    public HashSet<AttachmentKey> Attachments { get; } = [];

    public HashSet<Guid> Executions { get; } = [];

    /// <summary>Processes on Atoms of which it is asked what bundles them there.</summary>
    public HashSet<AttachmentKey> Parents { get; } = [];

    public HashSet<Guid> Webhooks { get; } = [];

    /// <summary>Which webhooks there are; only who makes a new one asks for it.</summary>
    public bool LiveWebhooks { get; private set; }

    /// <summary>Processes on Atoms of which it is asked what runs of them are under way there.</summary>
    public HashSet<AttachmentKey> UnderWay { get; } = [];

    /// <summary>Atoms whose attached Processes are asked for.</summary>
    public HashSet<Guid> AttachedTo { get; } = [];

    /// <summary>Components whose direct dependents are asked for.</summary>
    public HashSet<Guid> Referrers { get; } = [];

    /// <summary>Processes whose list of versions is asked for.</summary>
    public HashSet<Guid> Versions { get; } = [];

    public HashSet<VersionKey> Manifests { get; } = [];

    /// <summary>The pools and the enforcement mode.</summary>
    public bool Licences { get; private set; }

    /// <summary>Who may do what, which every command asks.</summary>
    public bool Access { get; private set; }

    /// <summary>Components of which it is asked who made the revisions after one.</summary>
    public HashSet<RevisionsAfter> RevisersOf { get; } = [];

    /// <summary>All environments of the account; there are few.</summary>
    public bool Environments { get; private set; }

    /// <summary>Environments whose Atoms are asked for.</summary>
    public HashSet<Guid> AtomsOf { get; } = [];

    /// <summary>Environments whose Processes are asked for.</summary>
    public HashSet<Guid> ProcessesOf { get; } = [];

    /// <summary>Every Process that is attached to any Atom. As much as there is: only who turns environments on asks for it.</summary>
    public bool AnyAttached { get; private set; }

    /// <summary>Connections on Atoms whose holders are asked for.</summary>
    public HashSet<LicencePair> Pairs { get; } = [];

    /// <summary>Pools whose holders are all asked for, to be named in a refusal.</summary>
    public HashSet<PoolKey> Holders { get; } = [];

    /// <summary>Streams without a state of their own: all that a decision needs of one is how long it is.</summary>
    public HashSet<string> Streams { get; } = [];

    public bool IsEmpty =>
        !Access && !Licences && !Environments && !AnyAttached && !LiveWebhooks && Streams.Count == 0 && Components.Count + Closures.Count + Atoms.Count + AttachedTo.Count + Referrers.Count
        + Versions.Count + Attachments.Count + Executions.Count + Webhooks.Count + Parents.Count + UnderWay.Count + Manifests.Count + AtomsOf.Count + ProcessesOf.Count + Pairs.Count + Holders.Count + RevisersOf.Count == 0;

    /// <summary>True when the component is known already.</summary>
    public bool Component(Guid id) => Known(account.Components.ContainsKey(id), Components, id);

    public void Component(IEnumerable<Guid> ids)
    {
        foreach (var id in ids) Component(id);
    }

    /// <summary>True when everything that can be reached from the roots is known already.</summary>
    public bool Closure(params IEnumerable<Guid> roots)
    {
        var unknown = Domain.Components.Closure.Unknown(roots, account);
        Closures.UnionWith(unknown);
        return unknown.Count == 0;
    }

    public void Atom(params IEnumerable<Guid> ids)
    {
        foreach (var id in ids) Known(account.Atoms.ContainsKey(id), Atoms, id);
    }

    public void Attachment(params IEnumerable<AttachmentKey> keys)
    {
        foreach (var key in keys) Known(account.Attachments.ContainsKey(key), Attachments, key);
    }

    public bool Execution(Guid id) => Known(account.Executions.ContainsKey(id), Executions, id);

    public void ParentsOf(AttachmentKey key) => Known(account.Parents.ContainsKey(key), Parents, key);

    /// <summary>True when the webhook is known already.</summary>
    public bool Webhook(Guid id) => Known(account.Webhooks.ContainsKey(id), Webhooks, id);

    public void AllLiveWebhooks() => LiveWebhooks |= account.LiveWebhooks is null;

    public void RunsOf(AttachmentKey key) => Known(account.UnderWay.ContainsKey(key), UnderWay, key);

    public bool ProcessesAttachedTo(Guid atomId) => Known(account.AttachedTo.ContainsKey(atomId), AttachedTo, atomId);

    public void ReferrersOf(Guid componentId) => Known(account.Referrers.ContainsKey(componentId), Referrers, componentId);

    public void VersionsOf(Guid processId) => Known(account.Versions.ContainsKey(processId), Versions, processId);

    public bool Manifest(VersionKey key) => Known(account.Manifests.ContainsKey(key), Manifests, key);

    public bool Pools()
    {
        if (account.Licences is null) Licences = true;
        return !Licences;
    }

    /// <summary>True when it is known already who may do what.</summary>
    public bool AllAccess()
    {
        if (account.Access is null) Access = true;
        return !Access;
    }

    public void Revisers(RevisionsAfter after) => Known(account.Revisers.ContainsKey(after), RevisersOf, after);

    public bool AllEnvironments()
    {
        if (account.Environments is null) Environments = true;
        return !Environments;
    }

    public bool AtomsIn(Guid environmentId) => Known(account.AtomsIn.ContainsKey(environmentId), AtomsOf, environmentId);

    public bool ProcessesIn(Guid environmentId) => Known(account.ProcessesIn.ContainsKey(environmentId), ProcessesOf, environmentId);

    /// <summary>What is in environments.</summary>
    public void Within(params IEnumerable<Guid> environmentIds)
    {
        foreach (var id in environmentIds) _ = AtomsIn(id) & ProcessesIn(id);
    }

    public void AttachedProcesses() => AnyAttached |= account.AttachedProcesses is null;

    public bool Holding(LicencePair pair) => Known(account.Licences?.Holdings.ContainsKey(pair) ?? false, Pairs, pair);

    public void AllHolders(PoolKey pool) => Known(account.Licences?.ListedPools.Contains(pool) ?? false, Holders, pool);

    public void LengthOf(string stream) => Known(account.Streams.Contains(stream), Streams, stream);

    private static bool Known<T>(bool known, HashSet<T> needs, T item)
    {
        if (!known) needs.Add(item);
        return known;
    }
}
