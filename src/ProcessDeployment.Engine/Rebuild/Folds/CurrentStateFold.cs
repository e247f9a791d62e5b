using System.Text;
using System.Text.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Webhooks;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild.Folds;

/// <summary>What decisions look at in one account, by the domain's own folds; who holds licences follows from what is deployed where.</summary>
internal sealed class CurrentStateFold(string accountId) : IFold
{
    private readonly TableCopy _components = To("component_state", "account_id", "component_id", "stream_version", "state");
    private readonly TableCopy _dependencies = To("component_dependency", "account_id", "from_id", "to_id");
    private readonly TableCopy _atoms = To("atom_state", "account_id", "atom_id", "stream_version", "state");
    private readonly TableCopy _attachments = To("attachment_state", "account_id", "atom_id", "process_id");
    private readonly TableCopy _processesOnAtoms = To("process_atom_state", "account_id", "process_id", "atom_id", "stream_version", "state");
    private readonly TableCopy _executions = To("execution_state", "account_id", "execution_id", "stream_version", "state");
    private readonly TableCopy _environments = To("environment_state", "account_id", "environment_id", "stream_version", "state");
    private readonly TableCopy _environmentUse = To("environment_use_state", "account_id", "stream_version", "enabled");
    private readonly TableCopy _atomsIn = To("environment_atom_state", "account_id", "environment_id", "atom_id");
    private readonly TableCopy _processesIn = To("environment_process_state", "account_id", "environment_id", "process_id");
    private readonly TableCopy _webhooks = To("webhook_state", "account_id", "webhook_id", "stream_version", "state");
    private readonly TableCopy _access = To("access_state", "account_id", "kind", "key", "state");
    private readonly TableCopy _accessUse = To("access_use_state", "account_id", "stream_version", "mark");
    private readonly TableCopy _versions = To("process_version", "account_id", "process_id", "version_number", "digest", "content_digest", "manifest");
    private readonly TableCopy _marks = To("process_version_mark", "account_id", "process_id", "version_number", "label", "withdrawn");
    private readonly TableCopy _mode = To("licence_state", "account_id", "stream_version", "mode");
    private readonly TableCopy _pools = To("licence_pool", "account_id", "class", "classification", "purchased", "used");
    private readonly TableCopy _holdings = To("licence_holding", "account_id", "component_id", "atom_id", "class", "classification", "process_id");
    private readonly Dictionary<Guid, (long Length, Component? State)> _componentsNow = [];
    private readonly Dictionary<Guid, (long Length, Atom? State)> _atomsNow = [];
    private readonly Dictionary<Guid, SortedDictionary<Guid, (long Length, Attachment? State)>> _attachmentsNow = [];
    private readonly Dictionary<Guid, (long Length, Execution? State)> _executionsNow = [];
    private readonly Dictionary<Guid, (long Length, DeploymentEnvironment? State)> _environmentsNow = [];
    private readonly Dictionary<Guid, (long Length, Webhook? State)> _webhooksNow = [];
    private readonly Dictionary<Guid, SortedDictionary<int, (string? Label, bool Withdrawn)>> _marksNow = [];
    private readonly HashSet<Guid> _touched = [];
    private readonly AccessRows _accessNow = new();
    private long _accessLength;
    private (long Length, bool Enabled) _use;
    private (long Length, LicenceState State) _licences = (0, LicenceState.None);

    /// <summary>Components, Atoms, environments and executions to which something has happened since their rows were written last.</summary>
    public IReadOnlyCollection<Guid> Touched => _touched;

    /// <summary>All, the refused too: they make their streams longer.</summary>
    public IReadOnlyCollection<Wanted>? Wants => null;

    public bool WantsWhole => false;

    public IReadOnlyList<TableCopy> Tables =>
        [_components, _dependencies, _atoms, _attachments, _processesOnAtoms, _executions, _environments, _environmentUse, _atomsIn, _processesIn, _webhooks, _access, _accessUse, _versions, _marks, _mode, _pools, _holdings];

    public void Add(Recorded recorded)
    {
        switch (recorded.Event)
        {
            case ComponentEvent happened: Component(happened.ComponentId, recorded); break;
            case ProcessEvent happened: Component(happened.ProcessId, recorded); break;
            case AtomEvent happened:
                var (length, atom) = _atomsNow.GetValueOrDefault(happened.AtomId);
                _atomsNow[happened.AtomId] = (length + 1, Domain.Atoms.Atom.Evolve(atom, happened));
                _touched.Add(happened.AtomId);
                break;
            case EnvironmentUseEvent: _use = (_use.Length + 1, recorded.Event is EnvironmentsEnabled); break;
            case EnvironmentEvent happened: Environment(happened.EnvironmentId, happened); break;
            case AttachmentEvent happened: Attachment(happened.Key(), 1, happened); break;
            case ExecutionEvent happened: Execution(happened.ExecutionId, happened); break;
            case WebhookEvent happened: Webhook(happened.WebhookId, happened); break;
            case AccessEvent happened: Access(happened); break;
            case PassedOver passed: PassOver(passed.Stream); break;
            case LicenceEvent happened: _licences = (_licences.Length + 1, _licences.State.Evolve(happened)); break;
        }

        if (recorded.Event is AtomDetached detached) Attachment(new(detached.ProcessId, detached.AtomId), 0, detached);
        if (recorded.Event is VersionDeployed deployed) Version(deployed);
        if (recorded.Event is VersionLabelled labelled) Mark(labelled.ProcessId, labelled.VersionNumber, mark => mark with { Label = labelled.Label });
        if (recorded.Event is VersionWithdrawn withdrawn) Mark(withdrawn.ProcessId, withdrawn.VersionNumber, mark => mark with { Withdrawn = true });
    }

    /// <summary>Rows of those to which something has happened, and of the licences of the account. More may follow.</summary>
    public void Complete()
    {
        foreach (var touched in _touched)
        {
            if (_atomsNow.TryGetValue(touched, out var atom) && atom.State is { } state) Atom(touched, atom.Length, state);
            if (_componentsNow.TryGetValue(touched, out var component) && component.State is not null) Component(touched, component.Length, component.State);
            if (_executionsNow.TryGetValue(touched, out var execution) && execution.State is { } run) _executions.Row().Text(accountId).Uuid(touched).Position(execution.Length).Json(JsonSerializer.SerializeToUtf8Bytes(run, StateJson.Default.Execution));
            if (_environmentsNow.TryGetValue(touched, out var environment) && environment.State is { } known) _environments.Row().Text(accountId).Uuid(touched).Position(environment.Length).Json(JsonSerializer.SerializeToUtf8Bytes(known, StateJson.Default.DeploymentEnvironment));
            if (_webhooksNow.TryGetValue(touched, out var webhook) && webhook.State is { } set) _webhooks.Row().Text(accountId).Uuid(touched).Position(webhook.Length).Json(JsonSerializer.SerializeToUtf8Bytes(set, StateJson.Default.Webhook));
            if (_attachmentsNow.TryGetValue(touched, out var attachments)) Attachments(touched, attachments);
            if (_marksNow.TryGetValue(touched, out var marks)) Marks(touched, marks);
        }

        if (_use.Length > 0) _environmentUse.Row().Text(accountId).Position(_use.Length).Flag(_use.Enabled);
        // With a new mark whatever is found: rows may be put right without another event, and nobody may go on with those before.
        if (_accessLength > 0) _accessUse.Row().Text(accountId).Position(_accessLength).Uuid(Guid.CreateVersion7());
        foreach (var (kind, key, state) in _accessNow.All.Where(row => row.State is not null)) _access.Row().Text(accountId).Text(kind).Text(key).Json(Encoding.UTF8.GetBytes(state!));
        Licences();
        _touched.Clear();
    }

    private static TableCopy To(string table, params string[] columns) => new(table, columns) { Schema = CurrentStateTables.Schema };

    private void Atom(Guid atomId, long length, Atom atom)
    {
        _atoms.Row().Text(accountId).Uuid(atomId).Position(length).Json(JsonSerializer.SerializeToUtf8Bytes(atom, StateJson.Default.Atom));
        foreach (var environmentId in atom.Environments()) _atomsIn.Row().Text(accountId).Uuid(environmentId).Uuid(atomId);
    }

    private void Component(Guid componentId, Recorded recorded)
    {
        var (length, component) = _componentsNow.GetValueOrDefault(componentId);
        _componentsNow[componentId] = (length + 1, Domain.Components.Component.Evolve(component, recorded.Event));
        _touched.Add(componentId);
    }

    private void Execution(Guid executionId, ExecutionEvent? happened)
    {
        var (length, execution) = _executionsNow.GetValueOrDefault(executionId);
        _executionsNow[executionId] = (length + 1, happened is null ? execution : Domain.Executions.Execution.Evolve(execution, happened));
        _touched.Add(executionId);
    }

    private void Environment(Guid environmentId, DomainEvent? happened)
    {
        var (length, environment) = _environmentsNow.GetValueOrDefault(environmentId);
        _environmentsNow[environmentId] = (length + 1, happened is null ? environment : DeploymentEnvironment.Evolve(environment, happened));
        _touched.Add(environmentId);
    }

    private void Access(AccessEvent? happened)
    {
        _accessLength++;
        if (happened is not null) _accessNow.Apply(happened);
    }

    private void Webhook(Guid webhookId, WebhookEvent? happened)
    {
        var (length, webhook) = _webhooksNow.GetValueOrDefault(webhookId);
        _webhooksNow[webhookId] = (length + 1, happened is null ? webhook : Domain.Webhooks.Webhook.Evolve(webhook, happened));
        _touched.Add(webhookId);
    }

    /// <summary>Of a pair that nothing ever happened to, a detachment leaves nothing either.</summary>
    private void Attachment(AttachmentKey key, int longer, DomainEvent? happened)
    {
        if (!_attachmentsNow.TryGetValue(key.ProcessId, out var attachments)) _attachmentsNow.Add(key.ProcessId, attachments = []);
        var (length, attachment) = attachments.GetValueOrDefault(key.AtomId);
        if (length + longer == 0) return;
        attachments[key.AtomId] = (length + longer, happened is null ? attachment : Domain.Attachments.Attachment.Evolve(attachment, happened));
        _touched.Add(key.ProcessId);
    }

    private void Attachments(Guid processId, SortedDictionary<Guid, (long Length, Attachment? State)> attachments)
    {
        foreach (var (atomId, (length, attachment)) in attachments)
        {
            if (attachment is not null) _processesOnAtoms.Row().Text(accountId).Uuid(processId).Uuid(atomId).Position(length).Json(JsonSerializer.SerializeToUtf8Bytes(attachment, StateJson.Default.Attachment));
        }
    }

    /// <summary>It changes nothing, but its stream is as long as it is: the next event is appended behind it.</summary>
    private void PassOver(string stream)
    {
        if (stream == StreamNames.Licences) _licences = (_licences.Length + 1, _licences.State);
        if (stream == StreamNames.Access) Access(happened: null);
        if (stream == StreamNames.Environments) _use = (_use.Length + 1, _use.Enabled);
        if (stream.Split('/') is ["attachment", var process, var atom] && Guid.TryParse(process, out var processId) && Guid.TryParse(atom, out var atomId)) Attachment(new(processId, atomId), 1, happened: null);
        if (stream.Split('/') is ["execution", _, var run] && Guid.TryParse(run, out var executionId)) Execution(executionId, happened: null);
        if (stream.Split('/') is not [var kind, var text] || !Guid.TryParse(text, out var id)) return;
        if (kind == "component") _componentsNow[id] = (_componentsNow.GetValueOrDefault(id).Length + 1, _componentsNow.GetValueOrDefault(id).State);
        if (kind == "environment") Environment(id, happened: null);
        if (kind == "webhook") Webhook(id, happened: null);
        if (kind == "atom") _atomsNow[id] = (_atomsNow.GetValueOrDefault(id).Length + 1, _atomsNow.GetValueOrDefault(id).State);
        _touched.Add(id);
    }

    private void Component(Guid componentId, long length, Component component)
    {
        _components.Row().Text(accountId).Uuid(componentId).Position(length).Json(JsonSerializer.SerializeToUtf8Bytes(component, StateJson.Default.Component));
        foreach (var to in component.DependsOn()) _dependencies.Row().Text(accountId).Uuid(componentId).Uuid(to);
        foreach (var atomId in component.Deployment.AtomIds) _attachments.Row().Text(accountId).Uuid(atomId).Uuid(componentId);
        foreach (var environmentId in component.Deployment.AttachedEnvironments()) _processesIn.Row().Text(accountId).Uuid(environmentId).Uuid(componentId);
        foreach (var (pool, pair) in component.Deployment.Licences())
            _holdings.Row().Text(accountId).Uuid(pair.ComponentId).Uuid(pair.AtomId).Text(pool.Class.ToString()).Text(pool.Classification.ToString()).Uuid(componentId);
    }

    /// <summary>Few versions have any, and what is said of one may change: unlike the versions, these are kept.</summary>
    private void Mark(Guid processId, int versionNumber, Func<(string? Label, bool Withdrawn), (string? Label, bool Withdrawn)> change)
    {
        if (!_marksNow.TryGetValue(processId, out var marks)) _marksNow.Add(processId, marks = []);
        marks[versionNumber] = change(marks.GetValueOrDefault(versionNumber));
    }

    private void Marks(Guid processId, SortedDictionary<int, (string? Label, bool Withdrawn)> marks)
    {
        foreach (var (versionNumber, mark) in marks) _marks.Row().Text(accountId).Uuid(processId).Number(versionNumber).Text(mark.Label).Flag(mark.Withdrawn);
    }

    private void Licences()
    {
        if (_licences.Length > 0) _mode.Row().Text(accountId).Position(_licences.Length).Text(_licences.State.Mode.ToString());
        var pairs = _componentsNow.Values.SelectMany(component => component.State?.Deployment.Licences() ?? []).ToHashSet();
        var used = pairs.GroupBy(pair => pair.Pool).ToDictionary(pool => pool.Key, pool => pool.Count());
        foreach (var pool in _licences.State.Pools.Keys.Union(used.Keys))
            _pools.Row().Text(accountId).Text(pool.Class.ToString()).Text(pool.Classification.ToString()).Number(_licences.State.Pool(pool).Purchased).Number(used.GetValueOrDefault(pool));
    }

    private void Version(VersionDeployed deployed) => _versions.Row()
        .Text(accountId)
        .Uuid(deployed.ProcessId)
        .Number(deployed.VersionNumber)
        .Text(deployed.Digest)
        .Text(deployed.ContentDigest)
        .Json(JsonSerializer.SerializeToUtf8Bytes(deployed.Manifest, StateJson.Default.Manifest));
}
