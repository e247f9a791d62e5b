using System.IO.Compression;

namespace ProcessDeployment.Verifier.Bundles;

/// <summary>An exported bundle: a folder, or a zip of one.</summary>
internal abstract class Bundle : IDisposable
{
    /// <exception cref="UnreadableException">There is no bundle.</exception>
    public static Bundle Open(string path) =>
        Directory.Exists(path) ? new Folder(path)
        : File.Exists(path) ? Zip.Of(path)
        : throw new UnreadableException($"There is no bundle at {path}.");

    /// <summary>Null when there is no such file in it.</summary>
    public abstract Stream? Find(string name);

    /// <exception cref="UnreadableException">There is no such file in it.</exception>
    public byte[] ReadAll(string name)
    {
        using var stream = Read(name);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    public bool Has(string name)
    {
        using var stream = Find(name);
        return stream is not null;
    }

    /// <exception cref="UnreadableException">There is no such file in it.</exception>
    public Stream Read(string name) => Find(name) ?? throw new UnreadableException($"The bundle has no {name}.");

    public void Dispose() => Close();

    protected virtual void Close()
    {
    }

    private sealed class Folder(string path) : Bundle
    {
        public override Stream? Find(string name)
        {
            var file = Path.GetFullPath(Path.Combine(path, name));
            // A manifest names files of its own bundle only.
            if (!file.StartsWith(Path.GetFullPath(path) + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return null;
            return File.Exists(file) ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16) : null;
        }
    }

    private sealed class Zip(string path, string root, HashSet<string> files) : Bundle
    {
        private readonly List<ZipArchive> _opened = [];

        /// <summary>Zips of a folder often have that folder in all their names. Of two files of one name others might unpack the other one.</summary>
        public static Zip Of(string path)
        {
            using var archive = ZipFile.OpenRead(path);
            var files = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in archive.Entries.Where(entry => !entry.FullName.EndsWith('/')))
            {
                if (!files.Add(entry.FullName)) throw new UnreadableException($"The zip has {entry.FullName} twice.");
            }

            var first = files.FirstOrDefault() ?? throw new UnreadableException("The zip has no files.");
            var root = files.Contains(Manifest.Name) ? "" : first[..(first.IndexOf('/', StringComparison.Ordinal) + 1)];
            return files.All(name => name.StartsWith(root, StringComparison.Ordinal)) ? new(path, root, files) : throw new UnreadableException("The zip is of more than one folder.");
        }

        /// <summary>Through an archive of its own, since several files are read at the same time.</summary>
        public override Stream? Find(string name)
        {
            if (!files.TryGetValue(root + name, out var found)) return null;
            var archive = ZipFile.OpenRead(path);
            lock (_opened) _opened.Add(archive);
            return archive.GetEntry(found)!.Open();
        }

        protected override void Close() => _opened.ForEach(archive => archive.Dispose());
    }
}
