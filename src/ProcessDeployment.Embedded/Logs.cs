using System.Text;

namespace ProcessDeployment.Embedded;

/// <summary>What the server has said since a moment, to tell people why it did not start.</summary>
internal sealed class Logs
{
    private const int Most = 4000;

    private readonly DataFolder _folder;
    private readonly Dictionary<string, long> _lengths;

    private Logs(DataFolder folder)
    {
        _folder = folder;
        _lengths = Files().ToDictionary(file => file.FullName, file => file.Length, StringComparer.Ordinal);
    }

    public static Logs Since(DataFolder folder) => new(folder);

    public static string FolderOf(DataFolder folder) => Path.Combine(folder.Cluster, "log");

    public string Read()
    {
        var said = new StringBuilder();
        foreach (var file in Files())
        {
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var from = _lengths.GetValueOrDefault(file.FullName);
            stream.Position = Math.Max(from <= stream.Length ? from : 0, stream.Length - Most);
            using var reader = new StreamReader(stream);
            said.AppendLine(reader.ReadToEnd().TrimEnd());
        }
        return said.ToString().Trim();
    }

    private IEnumerable<FileInfo> Files()
    {
        var logs = new DirectoryInfo(FolderOf(_folder));
        var start = new FileInfo(Path.Combine(_folder.Root, ServerCommands.StartLog));
        return (start.Exists ? [start] : Enumerable.Empty<FileInfo>()).Concat(logs.Exists ? logs.GetFiles("*.log") : []);
    }
}
