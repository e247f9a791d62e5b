using System.Collections.Concurrent;
using System.Text.Json;

namespace ProcessDeployment.AtomAgent;

/// <summary>
/// What is on disk: <c>bundles/{digest}.tar</c>, checked before it gets this name; beside it what came of a download so far; and
/// for each Process a small file that says which bundle is current. Every file is whole or not there: it is written aside, forced
/// to the disk, and renamed. Should the disk forget a rename, the file before it is there, and the next look puts it right.
/// </summary>
internal sealed class BundleFolder
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _bundles;
    private readonly string _processes;

    /// <summary>Files that were checked and have not been written to since, as far as their time tells.</summary>
    private readonly ConcurrentDictionary<string, (long Length, DateTime Written)> _checked = new(StringComparer.Ordinal);

    public BundleFolder(AgentOptions options)
    {
        _bundles = Directory.CreateDirectory(Path.Combine(options.Folder, "bundles")).FullName;
        _processes = Directory.CreateDirectory(Path.Combine(options.Folder, "processes")).FullName;
        foreach (var unfinished in Directory.EnumerateFiles(_processes, "*.new")) File.Delete(unfinished);
    }

    public string Bundle(string digest) => Path.Combine(_bundles, $"{digest}.tar");

    public string Part(string digest) => Path.Combine(_bundles, $"{digest}.part");

    /// <summary>Gives a download that was checked its name.</summary>
    public void Install(string digest)
    {
        File.Move(Part(digest), Bundle(digest), overwrite: true);
        _checked[digest] = StateOf(digest);
    }

    /// <summary>Whether the bundle is here and whole.</summary>
    /// <param name="digest">The digest.</param>
    /// <param name="thorough">Read it even if nobody seems to have touched it.</param>
    /// <exception cref="BundleRefusedException">It is here and was altered; it is thrown away.</exception>
    public bool Has(string digest, bool thorough)
    {
        var file = Bundle(digest);
        if (!File.Exists(file)) return false;
        if (!thorough && _checked.TryGetValue(digest, out var then) && then == StateOf(digest)) return true;
        try
        {
            var state = StateOf(digest);
            BundleFile.Check(file, digest);
            _checked[digest] = state;
            return true;
        }
        catch (BundleRefusedException e)
        {
            _checked.TryRemove(digest, out _);
            File.Delete(file);
            throw new BundleRefusedException($"{file} was altered on disk: {e.Message}");
        }
    }

    /// <summary>Throws away what nobody wants any more.</summary>
    public void KeepOnly(IReadOnlySet<string> digests)
    {
        foreach (var file in Directory.EnumerateFiles(_bundles).Where(file => !digests.Contains(Path.GetFileNameWithoutExtension(file))))
        {
            File.Delete(file);
            _checked.TryRemove(Path.GetFileNameWithoutExtension(file), out _);
        }
    }

    /// <summary>What is kept of a Process; nothing where that cannot be read, which is as if it had never been here.</summary>
    public KeptProcess Read(Guid processId)
    {
        try
        {
            return File.Exists(FileOf(processId)) ? JsonSerializer.Deserialize<KeptProcess>(File.ReadAllBytes(FileOf(processId)), Json) ?? new(processId) : new(processId);
        }
        catch (JsonException)
        {
            return new(processId);
        }
    }

    public IEnumerable<KeptProcess> All() =>
        Directory.EnumerateFiles(_processes, "*.json").Select(file => Guid.TryParse(Path.GetFileNameWithoutExtension(file), out var id) ? Read(id) : null).OfType<KeptProcess>().ToList();

    /// <summary>Writes it in one step.</summary>
    public void Write(KeptProcess process)
    {
        var file = FileOf(process.ProcessId);
        using (var stream = new FileStream($"{file}.new", FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(stream, process, Json);
            stream.Flush(flushToDisk: true);
        }

        File.Move($"{file}.new", file, overwrite: true);
    }

    public void Forget(Guid processId) => File.Delete(FileOf(processId));

    private string FileOf(Guid processId) => Path.Combine(_processes, $"{processId}.json");

    private (long Length, DateTime Written) StateOf(string digest)
    {
        var file = new FileInfo(Bundle(digest));
        return (file.Length, file.LastWriteTimeUtc);
    }
}

/// <summary>A Process on this machine.</summary>
/// <param name="ProcessId">The Process.</param>
/// <param name="Name">Its name, for whoever looks at the file.</param>
/// <param name="Current">What runs; null while nothing does.</param>
/// <param name="Pending">A report that the engine has perhaps not got.</param>
internal sealed record KeptProcess(Guid ProcessId, string? Name = null, KeptVersion? Current = null, PendingReport? Pending = null);

/// <summary>A version whose bundle is here.</summary>
internal sealed record KeptVersion(int VersionNumber, string Digest);

/// <summary>A report with its id: sent again after a crash it takes effect once.</summary>
internal sealed record PendingReport(Guid CommandId, int VersionNumber, string Digest, string Status, string? Message);
