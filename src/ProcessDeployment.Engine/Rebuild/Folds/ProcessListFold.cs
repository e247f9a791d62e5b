using System.Security.Cryptography;
using System.Text;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Rebuild.Folds;

/// <summary>
/// The list operators live with, and what it is filtered by. In memory is what every component is now and what each
/// Process has pinned; the reasons are found once, at the end, instead of with every save.
/// </summary>
internal sealed class ProcessListFold : IFold
{
    private readonly TableCopy _list = new(
        "process_list", "account_id", "process_id", "name", "name_key", "folder", "start_step", "latest_revision", "saved_by", "saved_at",
        "current_version", "deployed_by", "deployed_at", "atom_ids", "revised", "reasons");

    private readonly TableCopy _names = new("process_name", "account_id", "process_id", "name_key", "folder_key", "revised");
    private readonly Dictionary<string, Dictionary<Guid, FoldedComponent>> _accounts = new(StringComparer.Ordinal);
    private (string AccountId, Dictionary<Guid, FoldedComponent> Components) _last = ("", []);

    public IReadOnlyCollection<Wanted>? Wants { get; } =
    [
        new(
            typeof(RevisionMade), nameof(RevisionMade.ComponentId), nameof(RevisionMade.ComponentType), nameof(RevisionMade.Name), nameof(RevisionMade.Folder),
            nameof(RevisionMade.StartStep), nameof(RevisionMade.Revision), nameof(RevisionMade.ContentHash)),
        new(typeof(ComponentDeleted)),
        new(typeof(ComponentRestored)),
        new(typeof(AtomAttached), nameof(AtomAttached.ProcessId), nameof(AtomAttached.AtomId)),
        new(typeof(AtomDetached), nameof(AtomDetached.ProcessId), nameof(AtomDetached.AtomId)),
        new(typeof(VersionDeployed), nameof(VersionDeployed.ProcessId), nameof(VersionDeployed.VersionNumber), nameof(VersionDeployed.Manifest)),
        new(typeof(ManifestEntry), nameof(ManifestEntry.ComponentId), nameof(ManifestEntry.Revision), nameof(ManifestEntry.ContentHash)),
    ];

    public bool WantsWhole => false;

    public IReadOnlyList<TableCopy> Tables => [_list, _names];

    public void Add(Recorded recorded)
    {
        switch (recorded.Event)
        {
            case RevisionMade made: Of(recorded, made.ComponentId).Saved(recorded, made); break;
            case ComponentDeleted deleted: Of(recorded, deleted.ComponentId).Changed(recorded, deleted: true); break;
            case ComponentRestored restored: Of(recorded, restored.ComponentId).Changed(recorded, deleted: false); break;
            case AtomAttached attached: Of(recorded, attached.ProcessId).Attached(attached.AtomId); break;
            case AtomDetached detached: Of(recorded, detached.ProcessId).Detached(detached.AtomId); break;
            case VersionDeployed deployed: Of(recorded, deployed.ProcessId).Deployed(recorded, deployed); break;
        }
    }

    public void Complete()
    {
        using var reasons = new ReasonWriter();
        foreach (var (accountId, components) in _accounts)
        {
            foreach (var process in components.Values.Where(component => component is { Deleted: false, Type: ComponentTypes.Process })) Write(accountId, process, components, reasons);
        }
    }

    private FoldedComponent Of(Recorded recorded, Guid componentId)
    {
        if (!ReferenceEquals(_last.AccountId, recorded.AccountId))
        {
            if (!_accounts.TryGetValue(recorded.AccountId, out var components)) _accounts.Add(recorded.AccountId, components = []);
            _last = (recorded.AccountId, components);
        }

        if (!_last.Components.TryGetValue(componentId, out var component)) _last.Components.Add(componentId, component = new(componentId));
        return component;
    }

    private void Write(string accountId, FoldedComponent process, Dictionary<Guid, FoldedComponent> components, ReasonWriter writer)
    {
        var nameKey = NameKey.Of(process.Name);
        var reasons = writer.Of(process, components, out var revised);
        _list.Row()
            .Text(accountId)
            .Uuid(process.ComponentId)
            .Text(process.Name)
            .Text(nameKey)
            .Text(process.Folder)
            .Text(WireWord.Of(process.StartStep))
            .Number(process.Revision)
            .Text(process.SavedBy)
            .Time(process.SavedAt)
            .Number(process.CurrentVersion)
            .Text(process.DeployedBy)
            .Time(process.DeployedAt)
            .Uuids(process.Atoms)
            .Flag(revised)
            .Json(reasons);
        _names.Row().Text(accountId).Uuid(process.ComponentId).Text(nameKey).Uuid(FolderKey(process.Folder)).Flag(revised);
    }

    /// <summary>As <c>md5(…)::uuid</c> makes it of a folder; it only has to fit into an index.</summary>
#pragma warning disable CA5351
    private static Guid FolderKey(string? folder) => new(MD5.HashData(Encoding.UTF8.GetBytes(folder ?? "")), bigEndian: true);
#pragma warning restore CA5351
}
