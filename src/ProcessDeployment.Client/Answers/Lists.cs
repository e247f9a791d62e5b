namespace ProcessDeployment.Client;

/// <summary>A part of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">What to give as cursor to go on; null at the end.</param>
/// <param name="Position">The position of the account that the list shows.</param>
/// <param name="Total">How many there are in all, where the list is read by number.</param>
public sealed record Listed<T>(IReadOnlyList<T> Items, string? Next, long Position, long? Total = null);

/// <summary>Which Processes to list.</summary>
/// <param name="Text">A part of the name, without case.</param>
/// <param name="Folder">Only what is in this folder or below it.</param>
/// <param name="Revised">Only those that are, or are not, revised since their deployment.</param>
/// <param name="EnvironmentId">Only those attached to this environment.</param>
public sealed record ProcessFilter(string? Text = null, string? Folder = null, bool? Revised = null, Guid? EnvironmentId = null)
{
    public bool IsNone => this == new ProcessFilter();
}

/// <summary>The folders that hold Processes, by name.</summary>
public sealed record FoldersAnswer(IReadOnlyList<FolderItem> Items, long Position);

/// <summary>A folder with what is in itself, not below it.</summary>
/// <param name="Folder">Its path, parts separated by <c>/</c>; empty for the Processes that are in none.</param>
/// <param name="Processes">How many Processes it holds.</param>
/// <param name="Revised">How many of them are bold; null in the past.</param>
public sealed record FolderItem(string Folder, long Processes, long? Revised);

/// <summary>Something that happened or was attempted: who, what, when and why.</summary>
public sealed record Change
{
    public required long Position { get; init; }
    public required DateTimeOffset Time { get; init; }
    public required string Actor { get; init; }
    public required string Type { get; init; }
    public string? Name { get; init; }
    public required string Summary { get; init; }
    public string? Stream { get; init; }
    public Guid? ComponentId { get; init; }
    public Guid? CommandId { get; init; }
}
