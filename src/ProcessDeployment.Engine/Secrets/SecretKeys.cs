using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Secrets;

/// <summary>The keys of secret values. The newest seals; older ones still open what they sealed, until all of it is sealed anew.</summary>
internal sealed class SecretKeys(KeyTable table, KeyFiles files, SealedValues values)
{
    private volatile KeyRing? _ring;

    /// <summary>The key that seals.</summary>
    public SecretKey Newest => Ring.Newest;

    /// <summary>The key of fingerprints.</summary>
    public FingerprintKey First => Ring.First;

    public KeyRing Ring => _ring ?? throw new InvalidOperationException("The keys of secret values are not open yet.");

    /// <summary>Reads the keys, and makes one where there is none yet. Before anything is served: sealing itself must not wait.</summary>
    /// <exception cref="EngineStartException">Values are sealed with a key that is not there.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        var listed = await table.ListAsync(cancellation);
        if (KeyRing.Of(listed, files) is null)
        {
            await DemandAsync(listed.Where(key => key.IsInUse), cancellation);
            await MakeFirstAsync(cancellation);
        }

        await RefreshAsync(cancellation);
        await DemandAsync(Ring.Missing, cancellation);
    }

    /// <summary>Looks for keys that other nodes made or removed.</summary>
    public async Task<KeyRing> RefreshAsync(CancellationToken cancellation) =>
        _ring = KeyRing.Of(await table.ListAsync(cancellation), files) ?? throw new InvalidOperationException($"No key of secret values is in {files.Folder} any more. Put them back.");

    /// <summary>The key of a value; one that another node made a moment ago is looked for.</summary>
    /// <exception cref="InvalidOperationException">There is no such key here.</exception>
    public async ValueTask<SecretKey> OfAsync(string keyId, CancellationToken cancellation) =>
        Ring.All.GetValueOrDefault(keyId)
        ?? (await RefreshAsync(cancellation)).All.GetValueOrDefault(keyId)
        ?? throw new InvalidOperationException($"A value is sealed with the key {keyId}, which is not in {files.Folder}. Put it there. It is needed for {await values.InWordsAsync(keyId, cancellation)}.");

    private async Task MakeFirstAsync(CancellationToken cancellation)
    {
        var made = SecretKey.Create();
        files.Write(made);
        if (!await table.TryAddAsync(made.Id, by: null, cancellation)) files.Remove(made.Id);
    }

    private async Task DemandAsync(IEnumerable<ListedKey> missing, CancellationToken cancellation)
    {
        foreach (var key in missing)
        {
            throw new EngineStartException(
                $"Secret values are sealed with the key {key.Id}, which is not in {files.PathOf(key.Id)}. It is needed for {await values.InWordsAsync(key.Id, cancellation)}. "
                + "Put it back, or set PROCESSDEPLOYMENT_LEDGER to the folder that holds it. If it is lost, so are the values: delete their rows of process_deployment.extension_secret and process_deployment.webhook_secret and set them anew.");
        }
    }
}
