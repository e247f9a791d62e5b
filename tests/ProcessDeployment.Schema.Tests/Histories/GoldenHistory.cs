using System.Security.Cryptography;
using ProcessDeployment.Schema.Tests.Histories.Telling;
using ProcessDeployment.Schema.Tests.Schemas;

namespace ProcessDeployment.Schema.Tests.Histories;

/// <summary>A history that was released: its events as they are stored, and beside them the state they fold to.</summary>
/// <param name="Name">For example <c>0002-environments</c>.</param>
internal sealed record GoldenHistory(string Name)
{
    public const string ListFile = "released.sha256";

    private const string EventsEnd = ".events.jsonl";
    private const string StateEnd = ".state.json";

    public static string Folder { get; } = Path.Combine(Repository.EventSchema, "histories");

    /// <summary>Every history there is. With <c>EVENTSCHEMA_WRITE=1</c> those that are told in code and have no file are written first; one that has a file is never written again.</summary>
    public static IReadOnlyList<GoldenHistory> All { get; } = Read();

    public string EventsFile => Path.Combine(Folder, Name + EventsEnd);

    public string StateFile => Path.Combine(Folder, Name + StateEnd);

    public IReadOnlyList<StoredLine> Lines() => [.. File.ReadLines(EventsFile).Select(StoredLine.Of)];

    public string State() => File.ReadAllText(StateFile);

    public static GoldenHistory Of(string name) => All.Single(history => history.Name == name);

    /// <summary>The names and digests of the files that were released, as <c>sha256sum</c> writes them.</summary>
    public static IEnumerable<(string Digest, string File)> Released() =>
        File.ReadLines(Path.Combine(Folder, ListFile)).Select(line => line.Split("  ", count: 2)).Select(parts => (parts[0], parts[1]));

    public static string DigestOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    private static List<GoldenHistory> Read()
    {
        if (Repository.Writes) foreach (var told in ToldHistory.All) new GoldenHistory(told.Name).WriteOnce(told);
        return [.. Directory.GetFiles(Folder, "*" + EventsEnd).Order(StringComparer.Ordinal).Select(file => new GoldenHistory(Path.GetFileName(file)[..^EventsEnd.Length]))];
    }

    private void WriteOnce(ToldHistory told)
    {
        Directory.CreateDirectory(Folder);
        if (!File.Exists(EventsFile)) WriteNew(EventsFile, string.Concat(told.Lines().Select(line => line.Text() + "\n")));
        if (!File.Exists(StateFile)) WriteNew(StateFile, StateText.Of(Replay.Of(Lines()).Account));
    }

    /// <summary>Whoever takes a file away to have it written anew finds its old digest still in the list, and has to take that out as well.</summary>
    private static void WriteNew(string file, string text)
    {
        File.WriteAllText(file, text);
        File.AppendAllText(Path.Combine(Folder, ListFile), $"{DigestOf(file)}  {Path.GetFileName(file)}\n");
    }
}
