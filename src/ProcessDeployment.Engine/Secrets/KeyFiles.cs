using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Ledger;

namespace ProcessDeployment.Engine.Secrets;

/// <summary>The files of keys, beside that of the ledger: outside the database, so that a copy of the database tells nobody a secret. Nodes share the folder.</summary>
internal sealed class KeyFiles(LedgerFolder folder)
{
    public string Folder => folder.Path;

    public string PathOf(string id) => Path.Combine(folder.Path, $"secret-key-{id}.txt");

    public void Write(SecretKey key) => OwnersFile.Write(PathOf(key.Id), key.ToText());

    /// <summary>Null where it is not here.</summary>
    /// <exception cref="EngineStartException">It cannot be read.</exception>
    public SecretKey? Find(string id) => Read(PathOf(id), text =>
    {
        var key = SecretKey.Parse(text);
        return key.Id == id ? key : throw new FormatException($"it holds the key {key.Id}");
    });

    /// <summary>What stays of a key that is removed while it marks fingerprints.</summary>
    public void Write(FingerprintKey marks) => OwnersFile.Write(PathOfMarks(marks.Id), marks.ToText());

    /// <summary>Null where it is not here.</summary>
    /// <exception cref="EngineStartException">It cannot be read.</exception>
    public FingerprintKey? FindMarks(string id) => Read(PathOfMarks(id), text => FingerprintKey.Parse(id, text));

    /// <summary>What every key of the folder marks with, also those of other homes that accounts came from.</summary>
    /// <exception cref="EngineStartException">One cannot be read.</exception>
    public IEnumerable<FingerprintKey> AllMarks() => !Directory.Exists(folder.Path) ? [] :
        IdsOf("secret-key-*.txt").Select(id => Find(id)?.Marks).Concat(IdsOf("secret-fingerprints-*.txt").Select(FindMarks)).OfType<FingerprintKey>().DistinctBy(marks => marks.Id);

    public void Remove(string id) => File.Delete(PathOf(id));

    private string PathOfMarks(string id) => Path.Combine(folder.Path, $"secret-fingerprints-{id}.txt");

    private IEnumerable<string> IdsOf(string pattern) => Directory.EnumerateFiles(folder.Path, pattern).Select(file => Path.GetFileNameWithoutExtension(file).Split('-')[^1]);

    private static T? Read<T>(string file, Func<string, T> parse)
        where T : class
    {
        try
        {
            return File.Exists(file) ? parse(File.ReadAllText(file)) : null;
        }
        catch (Exception e) when (e is FormatException or UnauthorizedAccessException or IOException)
        {
            throw new EngineStartException($"The key in {file} cannot be read: {e.Message}", e);
        }
    }
}
