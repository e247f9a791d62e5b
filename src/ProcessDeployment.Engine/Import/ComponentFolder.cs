namespace ProcessDeployment.Engine.Import;

/// <summary>The component files below a folder, in a fixed order. Hidden folders (such as <c>.git</c>) and links are passed over.</summary>
public sealed class ComponentFolder(string root, ComponentReader reader)
{
    /// <summary>Refused before it is read into memory.</summary>
    public const long MostBytes = 4 * SafeXml.MostCharacters;

    private static readonly EnumerationOptions Options = new()
    {
        RecurseSubdirectories = true,
        MatchCasing = MatchCasing.CaseInsensitive,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    /// <summary>Paths below the folder, with <c>/</c>.</summary>
    public IReadOnlyList<string> Files() => File.Exists(root)
        ? [Path.GetFileName(root)]
        : [.. Directory.EnumerateFiles(root, "*.xml", Options)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    /// <exception cref="ComponentFileException">It cannot be read or is no component.</exception>
    public async Task<ComponentWithContent> ReadAsync(string file, CancellationToken ct)
    {
        try
        {
            var path = File.Exists(root) ? root : Path.Combine(root, file);
            if (new FileInfo(path).Length > MostBytes) throw new ComponentFileException($"is larger than {MostBytes} bytes");
            return reader.Read(file, await File.ReadAllBytesAsync(path, ct));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ComponentFileException($"cannot be read: {e.Message}", e);
        }
    }
}
