using ProcessDeployment.Contracts;

namespace ProcessDeployment.Testing;

/// <summary>What every question about an account must answer at a position. Lists are ordered by id, versions by number.</summary>
public sealed record AccountPicture
{
    public required long Position { get; init; }
    public required LicenceEnforcement Mode { get; init; }

    /// <summary>The live Processes by id.</summary>
    public required IReadOnlyDictionary<Guid, ProcessItem> Processes { get; init; }

    /// <summary>Every version of every Process, deleted ones too: history stays.</summary>
    public required IReadOnlyDictionary<Guid, IReadOnlyList<VersionItem>> Versions { get; init; }

    /// <summary>What is deployed on each live Atom; empty lists included.</summary>
    public required IReadOnlyDictionary<Guid, IReadOnlyList<DeploymentItem>> Deployments { get; init; }

    /// <summary>All eight pools.</summary>
    public required IReadOnlyList<PoolItem> Pools { get; init; }

    /// <summary>Connections of exempt connectors on Atoms: listed, never counted (#58).</summary>
    public required IReadOnlyList<ConnectionItem> Exempt { get; init; }

    /// <summary>Every component ever saved, deleted ones marked.</summary>
    public required IReadOnlyDictionary<Guid, ComponentItem> Components { get; init; }

    /// <summary>Every Atom ever registered, deleted ones marked.</summary>
    public required IReadOnlyDictionary<Guid, AtomItem> Atoms { get; init; }

    public required bool UsesEnvironments { get; init; }

    /// <summary>What is current in environments, attached there or not.</summary>
    public required IReadOnlyDictionary<(Guid ProcessId, Guid EnvironmentId), int> CurrentIn { get; init; }

    /// <summary>Every environment ever made, deleted ones marked.</summary>
    public required IReadOnlyDictionary<Guid, EnvironmentItem> Environments { get; init; }

    /// <summary>Every event, oldest first.</summary>
    public required IReadOnlyList<AuditItem> Audit { get; init; }

    public PoolItem Pool(ConnectorClass @class, Classification classification = Classification.Production) =>
        Pools.Single(pool => pool.Class == @class && pool.Classification == classification);

    /// <summary>The Processes whose current version pins a component, with the Atoms they run on (#44).</summary>
    public IReadOnlyList<ImpactItem> Impact(Guid componentId) =>
    [
        .. from process in Processes.Values
           where process.CurrentVersion is not null
           let entry = Versions[process.ProcessId][^1].Manifest.FirstOrDefault(entry => entry.ComponentId == componentId)
           where entry is not null
           orderby process.ProcessId
           select new ImpactItem(process.ProcessId, process.CurrentVersion!.Value, entry.Revision, process.RevisedSinceDeploy, process.Atoms),
    ];
}
