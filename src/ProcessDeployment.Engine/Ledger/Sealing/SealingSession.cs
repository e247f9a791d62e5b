using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>
/// Sealing on the connection that holds the lock: when it is lost the lock is gone, and so is everything that was not
/// committed on it. Whatever fails ends the session, and the next one begins with what the database knows.
/// </summary>
internal sealed class SealingSession : IDisposable
{
    /// <summary>How much one round takes on: what is behind by more is sealed by several.</summary>
    private const long MostEvents = 1 << 16;

    private readonly NpgsqlConnection _connection;
    private readonly KeyFolder _keys;
    private readonly PublishedFile _published;
    private readonly SealerStatus _status;
    private readonly StoppedAccounts _stopped;
    private readonly Guid _ledger;
    private readonly HeadTree _heads;
    private readonly Dictionary<string, SealedHead> _sealed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccountLog> _logs = new(StringComparer.Ordinal);
    private SigningKey _key;
    private (long Number, byte[]? Hash) _last;

    public SealingSession(NpgsqlConnection connection, SealingStart start, KeyFolder keys, PublishedFile published, SealerStatus status, StoppedAccounts stopped)
    {
        (_connection, _keys, _published, _status, _stopped) = (connection, keys, published, status, stopped);
        (_ledger, _key) = (start.Ledger, start.Key);
        if (start.Last is { } last) (_last, LastTime) = ((last.Number, SHA256.HashData(last.Payload)), last.Time);
        foreach (var head in start.Heads) _sealed.Add(head.AccountId, head);
        _heads = start.Tree;
    }

    /// <summary>The time of the last checkpoint.</summary>
    public DateTimeOffset LastTime { get; private set; }

    /// <summary>Seals what is there. True when more is waiting.</summary>
    public async Task<bool> RoundAsync(TimeSpan atLeastEvery, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        var (accounts, now) = await new UnsealedEvents(_connection).PositionsAsync(cancellation);
        var (behind, more) = await BehindAsync(accounts, cancellation);
        var found = behind.Count == 0 ? [] : await WholeAsync(await new UnsealedEvents(_connection).HashesAsync(behind, cancellation), accounts, cancellation);
        if (found.Count == 0 && now - LastTime < atLeastEvery) return false;

        var number = await SealAsync(found, now, nextKey: null, cancellation);
        var oldest = found.Min(account => account.Oldest);
        _status.Sealed(number, now + Stopwatch.GetElapsedTime(begun) - oldest);
        return more;
    }

    /// <summary>Makes a new key, has the present one sign that it is the next, and signs with it from then on.</summary>
    public async Task<string> RotateAsync(CancellationToken cancellation)
    {
        var (_, now) = await new UnsealedEvents(_connection).PositionsAsync(cancellation);
        var next = _keys.MakeNext();
        await SealAsync([], now, next.Public, cancellation);
        _keys.Switch();
        _key.Dispose();
        _key = next;
        return next.Id;
    }

    public void Dispose() => _key.Dispose();

    private async Task<(List<(AccountLog Log, long UpTo)> Behind, bool More)> BehindAsync(List<(string AccountId, long Position)> accounts, CancellationToken cancellation)
    {
        var (behind, left) = (new List<(AccountLog, long)>(), MostEvents);
        if (accounts.Count(account => _sealed.ContainsKey(account.AccountId)) < _sealed.Count)
        {
            foreach (var gone in _sealed.Values.ExceptBy(accounts.Select(account => account.AccountId), head => head.AccountId)) _stopped.CutOff(gone.AccountId, 0, gone.Size);
        }

        foreach (var (accountId, position) in accounts)
        {
            var head = _sealed.GetValueOrDefault(accountId);
            var size = head?.Size ?? 0;
            if (position < size)
            {
                _stopped.CutOff(accountId, position, size);
                continue;
            }

            if (!await _stopped.MayGoOnAsync(accountId, position, async missing => await new UnsealedEvents(_connection).FirstMissingAsync(accountId, missing - 1, missing, cancellation) is null) || position == size) continue;
            if (left == 0) return (behind, true);
            if (!_logs.TryGetValue(accountId, out var log)) _logs.Add(accountId, log = await LedgerState.LogAsync(_connection, accountId, head, cancellation));
            var upTo = Math.Min(position, size + left);
            left -= upTo - size;
            behind.Add((log, upTo));
        }

        return (behind, false);
    }

    private async Task<List<Unsealed>> WholeAsync(List<Unsealed> found, List<(string AccountId, long Position)> accounts, CancellationToken cancellation)
    {
        var positions = found.TrueForAll(account => account.IsWhole) ? [] : accounts.ToDictionary(account => account.AccountId, account => account.Position, StringComparer.Ordinal);
        foreach (var account in found)
        {
            if (account.IsWhole)
            {
                _stopped.Mended(account.Log.AccountId);
                continue;
            }

            var missing = await new UnsealedEvents(_connection).FirstMissingAsync(account.Log.AccountId, account.Log.Size, account.UpTo, cancellation);
            _stopped.Broken(account.Log.AccountId, account.Log.Size, positions[account.Log.AccountId], account.UpTo, missing);
        }

        return found.FindAll(account => account.IsWhole);
    }

    private async Task<long> SealAsync(List<Unsealed> found, DateTimeOffset now, PublicKey? nextKey, CancellationToken cancellation)
    {
        var grown = found.ConvertAll(account => account.Log.Append(account.Hashes));
        var logs = found.ConvertAll(account => account.Log);
        var begun = logs.Where(log => !_sealed.ContainsKey(log.AccountId)).Select((log, i) => (log.AccountId, Index: _heads.Size + i)).ToList();
        foreach (var (accountId, index) in begun) _sealed.Add(accountId, new(accountId, index, 0, []));
        foreach (var log in logs) _sealed[log.AccountId] = _sealed[log.AccountId] with { Size = log.Size, Root = log.Root() };
        var nodes = _heads.Set([.. logs.Select(log => _sealed[log.AccountId]).OrderBy(head => head.Index).Select(head => (head.Index, HeadTree.Leaf(head.AccountId, head.Size, head.Root)))]);
        var checkpoint = new Checkpoint(_ledger, _last.Number + 1, now, _heads.Size, _heads.Root(), _last.Hash, _key.Id, nextKey);
        var signed = _key.Sign(checkpoint.ToPayload());

        await using (var trip = new RoundTrip(_connection))
        {
            var tables = new LedgerTables(trip);
            trip.Control("begin");
            tables.Add(begun);
            tables.Add(grown);
            tables.Add(logs, checkpoint.Number);
            tables.Add(nodes, checkpoint.Number);
            tables.Add(checkpoint, signed);
            if (checkpoint.Number == 1) tables.Add(_key.Public, 0);
            if (nextKey is not null) tables.Add(nextKey, checkpoint.Number);
            trip.Control("commit");
            await trip.RunAsync(cancellation);
        }

        _last = (checkpoint.Number, SHA256.HashData(signed.Payload));
        LastTime = now;
        _published.Append([signed]);
        return checkpoint.Number;
    }
}
