using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace ProcessDeployment.Embedded;

/// <summary>
/// Packages of npm cannot hold links; this one lists them in a file and makes them by a script after the installation.
/// Scripts of packages are not run here, so the links are made as that script would.
/// </summary>
internal static class NpmPackage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void Unpack(string file, string into)
    {
        using (var zipped = new GZipStream(File.OpenRead(file), CompressionMode.Decompress))
            TarFile.ExtractToDirectory(zipped, into, overwriteFiles: false);
        var package = Path.Combine(into, "package");
        MakeLinks(package);
        if (!OperatingSystem.IsWindows())
            OpenToEverybody(package);
    }

    private static void MakeLinks(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        foreach (var (source, target) in JsonSerializer.Deserialize<Link[]>(File.ReadAllText(list), Json) ?? [])
        {
            var link = Path.Combine(package, target);
            // Relative, because the folder is moved to its place afterwards.
            if (!File.Exists(link))
                File.CreateSymbolicLink(link, Path.GetRelativePath(Path.GetDirectoryName(link)!, Path.Combine(package, source)));
        }
    }

    /// <summary>The server's user may be another than the one who fetched the programs, whose umask may forbid that.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void OpenToEverybody(string package)
    {
        const UnixFileMode all = (UnixFileMode)0b111_101_101;
        const UnixFileMode read = (UnixFileMode)0b110_100_100;
        File.SetUnixFileMode(package, all);
        foreach (var entry in new DirectoryInfo(package).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
            if (entry.LinkTarget is null)
                entry.UnixFileMode = entry is DirectoryInfo || entry.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? all : read;
    }

    private sealed record Link(string Source, string Target);
}
