using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild.Folds;

/// <summary>What decisions look at in one account, by the domain's own folds; who holds licences follows from what is deployed where.</summary>
internal sealed class CurrentStateFold(string accountId) : IFold
{
    private readonly TableCopy _components = new("component_state", "account_id", "component_id", "stream_version", "state");
    private readonly TableCopy _dependencies = new("component_dependency", "account_id", "from_id", "to_id");
    private readonly TableCopy _atoms = new("atom_state", "account_id", "atom_id", "stream_version", "state");
    private readonly TableCopy _attachments = new("attachment_state", "account_id", "atom_id", "process_id");
    private readonly TableCopy _versions = new("process_version", "account_id", "process_id", "version_number", "digest", "content_digest", "manifest");
    private readonly TableCopy _mode = new("licence_state", "account_id", "stream_version", "mode");
    private readonly TableCopy _pools = new("licence_pool", "account_id", "class", "classification", "purchased", "used");
    private readonly TableCopy _holdings = new("licence_holding", "account_id", "component_id", "atom_id", "class", "process_id");
    private readonly Dictionary<Guid, (long Length, Component? State)> _componentsNow = [];
    private readonly Dictionary<Guid, (long Length, Atom? State)> _atomsNow = [];
    private (long Length, LicenceState State) _licences = (0, LicenceState.None);

    /// <summary>All, the refused too: they make their streams longer.</summary>
    public IReadOnlyCollection<Type> Events { get; } = [.. EventTypes.All.Select(known => known.Type)];

    public bool WantsWhole => false;

    public IReadOnlyList<TableCopy> Tables => [_components, _dependencies, _atoms, _attachments, _versions, _mode, _pools, _holdings];

    public void Add(Recorded recorded)
    {
        switch (recorded.Event)
        {
            case ComponentEvent happened: Component(happened.ComponentId, recorded); break;
            case ProcessEvent happened: Component(happened.ProcessId, recorded); break;
            case AtomEvent happened:
                var (length, atom) = _atomsNow.GetValueOrDefault(happened.AtomId);
                _atomsNow[happened.AtomId] = (length + 1, Atom.Evolve(atom, happened));
                break;
            case LicenceEvent happened: _licences = (_licences.Length + 1, _licences.State.Evolve(happened)); break;
        }

        if (recorded.Event is VersionDeployed deployed) Version(deployed);
    }

    public void Complete()
    {
        foreach (var (atomId, (length, atom)) in _atomsNow)
        {
            if (atom is not null) _atoms.Row().Text(accountId).Uuid(atomId).Position(length).Json(JsonSerializer.SerializeToUtf8Bytes(atom, StateJson.Default.Atom));
        }

        var pairs = new HashSet<(ConnectorClass Class, LicencePair Pair)>();
        foreach (var (componentId, (length, component)) in _componentsNow)
        {
            if (component is not null) Component(componentId, length, component, pairs);
        }

        if (_licences.Length > 0) _mode.Row().Text(accountId).Position(_licences.Length).Text(_licences.State.Mode.ToString());
        var used = pairs.GroupBy(pair => LicenceState.PoolOf(pair.Class)).ToDictionary(pool => pool.Key, pool => pool.Count());
        foreach (var pool in _licences.State.Pools.Keys.Union(used.Keys))
            _pools.Row().Text(accountId).Text(pool.Class.ToString()).Text(pool.Classification.ToString()).Number(_licences.State.Pool(pool).Purchased).Number(used.GetValueOrDefault(pool));
    }

    private void Component(Guid componentId, Recorded recorded)
    {
        var (length, component) = _componentsNow.GetValueOrDefault(componentId);
        _componentsNow[componentId] = (length + 1, Domain.Components.Component.Evolve(component, recorded.Event));
    }

    private void Version(VersionDeployed deployed) => _versions.Row()
        .Text(accountId)
        .Uuid(deployed.ProcessId)
        .Number(deployed.VersionNumber)
        .Text(deployed.Digest)
        .Text(deployed.ContentDigest)
        .Json(JsonSerializer.SerializeToUtf8Bytes(deployed.Manifest, StateJson.Default.Manifest));

    private void Component(Guid componentId, long length, Component component, HashSet<(ConnectorClass, LicencePair)> pairs)
    {
        _components.Row().Text(accountId).Uuid(componentId).Position(length).Json(JsonSerializer.SerializeToUtf8Bytes(component, StateJson.Default.Component));
        foreach (var to in component.DependsOn()) _dependencies.Row().Text(accountId).Uuid(componentId).Uuid(to);
        foreach (var atomId in component.Deployment.AtomIds)
        {
            _attachments.Row().Text(accountId).Uuid(atomId).Uuid(componentId);
            foreach (var connection in component.Deployment.Connections)
            {
                pairs.Add((connection.Class, new(connection.ComponentId, atomId)));
                _holdings.Row().Text(accountId).Uuid(connection.ComponentId).Uuid(atomId).Text(connection.Class.ToString()).Uuid(componentId);
            }
        }
    }
}
