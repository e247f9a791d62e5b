using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Deploy;

/// <summary>A folder in the tree, with what is in it and below it.</summary>
public sealed record FolderNode(string Name, string Path)
{
    private const char Separator = '/';

    private readonly Dictionary<string, FolderNode> _children = new(StringComparer.Ordinal);

    public IEnumerable<FolderNode> Children => _children.Values.OrderBy(child => child.Name, StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => _children.Count == 0;

    public long Processes { get; private set; }

    /// <summary>How many of them are bold; null in the past.</summary>
    public long? Revised { get; private set; }

    /// <summary>All folders below one that has no name.</summary>
    public static FolderNode TreeOf(IEnumerable<FolderItem> folders)
    {
        var root = new FolderNode("", "");
        foreach (var folder in folders.Where(folder => folder.Folder.Length > 0))
        {
            var node = root;
            var end = 0;
            foreach (var name in folder.Folder.Split(Separator))
            {
                end += name.Length;
                node = node.Child(name, folder.Folder[..end]);
                node.Processes += folder.Processes;
                node.Revised = folder.Revised is { } revised ? (node.Revised ?? 0) + revised : null;
                end++;
            }
        }

        return root;
    }

    /// <summary>Whether a folder is this one or lies below it: the branch that is open.</summary>
    public bool Holds(string? folder) => folder is not null && (folder == Path || folder.StartsWith($"{Path}{Separator}", StringComparison.Ordinal));

    private FolderNode Child(string name, string path)
    {
        if (!_children.TryGetValue(name, out var child)) _children[name] = child = new(name, path);
        return child;
    }
}
