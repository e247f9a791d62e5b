using System.Collections.Frozen;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Secrets;

/// <summary>
/// The keys of secret values: files beside that of the ledger, outside the database, so that a copy of the database tells nobody
/// a secret. The newest seals; older ones still open what they sealed.
/// </summary>
internal sealed class SecretKeys(Databases databases, LedgerFolder folder)
{
    private const string Listed = "select key_id from process_deployment.secret_key order by number";

    private const string InUse = "select exists (select from process_deployment.extension_secret where key_id = $1) or exists (select from process_deployment.webhook_secret where key_id = $1)";

    /// <summary>Of two nodes that start at once, one makes the key.</summary>
    private const string Add = "insert into process_deployment.secret_key (number, key_id) select coalesce(max(number), 0) + 1, $1 from process_deployment.secret_key on conflict do nothing";

    private FrozenDictionary<string, SecretKey> _keys = FrozenDictionary<string, SecretKey>.Empty;
    private SecretKey? _first;
    private SecretKey? _newest;

    /// <summary>The key that seals.</summary>
    public SecretKey Newest => _newest ?? throw NotOpen();

    /// <summary>The key of fingerprints, which must stay the same while commands may be repeated.</summary>
    public SecretKey First => _first ?? throw NotOpen();

    /// <summary>Reads the keys, and makes one where there is none yet. Before anything is served: sealing itself must not wait.</summary>
    /// <exception cref="EngineStartException">Values are sealed with a key that is not there.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        var keys = await ReadAsync(cancellation);
        if (keys.Count == 0)
        {
            var made = SecretKey.Create();
            var file = FileOf(made.Id);
            OwnersFile.Write(file, made.ToText());
            await using (var add = databases.Shared.CreateCommand(Add))
            {
                add.Parameters.Add(Parameters.Value(made.Id));
                if (await add.ExecuteNonQueryAsync(cancellation) == 0) File.Delete(file);
            }

            keys = await ReadAsync(cancellation);
        }

        (_keys, _first, _newest) = (keys.ToFrozenDictionary(key => key.Id, StringComparer.Ordinal), keys[0], keys[^1]);
    }

    /// <exception cref="InvalidOperationException">There is no such key here.</exception>
    public SecretKey Of(string keyId) => _keys.GetValueOrDefault(keyId)
        ?? throw new InvalidOperationException($"A value is sealed with the key {keyId}, which is not in {folder.Path}. Put it there and start the engine again.");

    private async Task<List<SecretKey>> ReadAsync(CancellationToken cancellation)
    {
        var ids = new List<string>();
        await using (var listed = databases.Shared.CreateCommand(Listed))
        await using (var rows = await listed.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation)) ids.Add(rows.GetString(0));
        }

        var keys = new List<SecretKey>();
        foreach (var id in ids)
        {
            if (Read(FileOf(id), id) is { } key) keys.Add(key);
            else if (await IsInUseAsync(id, cancellation))
                throw new EngineStartException($"Secret values are sealed with the key {id}, which is not in {FileOf(id)}. Put it back, or set PROCESSDEPLOYMENT_LEDGER to the folder that holds it. If it is lost, so are the values: delete the rows of process_deployment.extension_secret and process_deployment.webhook_secret and set them anew.");
        }

        return keys;
    }

    private async Task<bool> IsInUseAsync(string id, CancellationToken cancellation)
    {
        await using var used = databases.Shared.CreateCommand(InUse);
        used.Parameters.Add(Parameters.Value(id));
        return (bool)(await used.ExecuteScalarAsync(cancellation))!;
    }

    private static SecretKey? Read(string file, string id)
    {
        try
        {
            if (!File.Exists(file)) return null;
            var key = SecretKey.Parse(File.ReadAllText(file));
            return key.Id == id ? key : throw new FormatException($"it holds the key {key.Id}");
        }
        catch (Exception e) when (e is FormatException or UnauthorizedAccessException or IOException)
        {
            throw new EngineStartException($"The key in {file} cannot be read: {e.Message}", e);
        }
    }

    private string FileOf(string id) => Path.Combine(folder.Path, $"secret-key-{id}.txt");

    private static InvalidOperationException NotOpen() => new("The keys of secret values are not open yet.");
}
