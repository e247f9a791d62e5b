using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Identity.Keys;

/// <summary>
/// When keys were last used: written beside the requests, once a minute for each key. Under pressure a use is dropped
/// rather than waited for.
/// </summary>
internal sealed class KeyUses(Databases databases, TimeProvider time, ILogger<KeyUses> log) : BackgroundService
{
    public static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    private const int Most = 10_000;

    private const string Keep = """
        insert into process_deployment.api_key_use (account_id, key_id, used_at) values ($1, $2, $3)
        on conflict (account_id, key_id) do update set used_at = greatest(api_key_use.used_at, excluded.used_at)
        """;

    private const string Known = "select key_id, used_at from process_deployment.api_key_use where account_id = $1";

    private readonly ConcurrentDictionary<(string, Guid), DateTimeOffset> _noted = new();
    private readonly Channel<Use> _waiting = Channel.CreateBounded<Use>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Note(string accountId, Guid keyId)
    {
        var now = time.GetUtcNow();
        if (_noted.TryGetValue((accountId, keyId), out var last) && now - last < Pace) return;
        if (_noted.Count >= Most) _noted.Clear();
        _noted[(accountId, keyId)] = now;
        _waiting.Writer.TryWrite(new(accountId, keyId, now));
    }

    /// <summary>The last uses of an account's keys, to the minute.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> OfAsync(string accountId, CancellationToken cancellation)
    {
        var uses = new Dictionary<Guid, DateTimeOffset>();
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Known, row => uses[row.GetGuid(0)] = row.GetFieldValue<DateTimeOffset>(1));
        await batch.RunAsync(cancellation);
        return uses;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var use in _waiting.Reader.ReadAllAsync(stoppingToken)) await KeepAsync(use, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the engine.
        }
    }

    private async Task KeepAsync(Use use, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
            await using var batch = new AccountBatch(connection, use.AccountId);
            batch.Execute(Keep, new NpgsqlParameter<Guid> { TypedValue = use.KeyId }, new NpgsqlParameter<DateTimeOffset> { TypedValue = use.At });
            await batch.RunAsync(cancellation);
        }
        catch (NpgsqlException e)
        {
            log.LogDebug(e, "The use of key {KeyId} is not kept", use.KeyId);
        }
    }

    private sealed record Use(string AccountId, Guid KeyId, DateTimeOffset At);
}
