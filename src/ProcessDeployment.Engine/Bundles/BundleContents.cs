using Microsoft.Extensions.Caching.Memory;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Bundles;

/// <summary>
/// Reads content by its hash, a few at a time. After a deploy many Atoms want the same at once, so what was just read is kept
/// for a moment, and all who send it share it.
/// </summary>
internal sealed class BundleContents(Databases databases) : IDisposable
{
    private const string Sql = "select content_hash, convert_to(body, 'UTF8') from process_deployment.content where account_id = $1 and content_hash = any($2)";
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(30);

    private readonly MemoryCache _recent = new(new MemoryCacheOptions { SizeLimit = 48 << 20 });

    /// <summary>The contents of some hashes; one that is not there is missing.</summary>
    public async Task<Dictionary<string, byte[]>> ReadAsync(string accountId, IReadOnlyCollection<string> hashes, CancellationToken cancellation)
    {
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var hash in hashes)
        {
            if (_recent.TryGetValue((accountId, hash), out byte[]? content)) found[hash] = content!;
        }

        string[] missing = [.. hashes.Where(hash => !found.ContainsKey(hash))];
        if (missing.Length == 0) return found;
        // Only for the query: whoever receives slowly keeps no connection from others.
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Sql, row => found[row.GetString(0)] = row.GetFieldValue<byte[]>(1), Parameters.Array(missing));
        await batch.RunAsync(cancellation);
        foreach (var hash in missing.Where(found.ContainsKey))
            _recent.Set((accountId, hash), found[hash], new MemoryCacheEntryOptions { Size = found[hash].Length, AbsoluteExpirationRelativeToNow = Moment });
        return found;
    }

    public void Dispose() => _recent.Dispose();
}
