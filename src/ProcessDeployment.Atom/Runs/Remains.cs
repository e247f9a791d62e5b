namespace ProcessDeployment.AtomAgent.Runs;

/// <summary>Throws a folder of a run away, whatever the command made of it.</summary>
internal static class Remains
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    /// <exception cref="IOException">Something stays; the values are gone if they can be.</exception>
    public static void Delete(string folder)
    {
        if (!Directory.Exists(folder)) return;
        try
        {
            DeleteTwice(folder);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException(e.Message, e);
        }
    }

    private static void DeleteTwice(string folder)
    {
        // First, should anything else stay: there are secrets among them.
        if (!TryDelete(() => File.Delete(Path.Combine(folder, RunInput.ValuesFile)))) MakeWritable(new DirectoryInfo(folder));
        if (TryDelete(() => Directory.Delete(folder, recursive: true))) return;
        MakeTreeWritable(new(folder));
        TryDelete(() => File.Delete(Path.Combine(folder, RunInput.ValuesFile)));
        Directory.Delete(folder, recursive: true);
    }

    private static bool TryDelete(Action delete)
    {
        try
        {
            delete();
            return true;
        }
        // An empty argument is what the runtime makes of a path that is too long.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private static void MakeTreeWritable(DirectoryInfo folder)
    {
        MakeWritable(folder);
        foreach (var entry in folder.EnumerateFileSystemInfos("*", All))
        {
            // Where a link leads is none of its business.
            if (entry.LinkTarget is not null) continue;
            if (entry is DirectoryInfo inner) MakeTreeWritable(inner);
            else if (OperatingSystem.IsWindows()) MakeWritable(entry);
        }
    }

    /// <summary>On Unix the folder decides who may delete what is in it, on Windows each file.</summary>
    private static void MakeWritable(FileSystemInfo entry)
    {
        try
        {
            if (OperatingSystem.IsWindows()) entry.Attributes &= ~FileAttributes.ReadOnly;
            else entry.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then deleting it says why.
        }
    }
}
