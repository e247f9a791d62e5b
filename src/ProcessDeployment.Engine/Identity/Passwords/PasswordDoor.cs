using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Identity.Settings;

namespace ProcessDeployment.Engine.Identity.Passwords;

/// <summary>Lets in who knows a password. That costs much by intent, so a good one is remembered for a while, by a hash that is worth nothing outside of this process.</summary>
internal sealed class PasswordDoor(IdentityOptions options, KnownAccounts accounts, TimeProvider time) : IDisposable
{
    private const int Most = 10_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private static readonly string Nobody = PasswordHash.Of(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));

    private readonly Dictionary<string, PasswordLine> _users = options.Passwords is { } path ? PasswordFile.Read(path) : [];
    private readonly ConcurrentDictionary<string, DateTimeOffset> _good = new(StringComparer.Ordinal);
    /// <summary>Whoever guesses by the thousand leaves processors to the others.</summary>
    private readonly SemaphoreSlim _trying = new(Math.Max(1, Environment.ProcessorCount / 2));

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public async ValueTask<Entry> EnterAsync(string user, string password, CancellationToken cancellation)
    {
        var line = _users.GetValueOrDefault(user);
        // A user that there is not takes as long as one that there is.
        if (!await IsGoodAsync(user, password, line?.Hash ?? Nobody, cancellation) || line is null) return Entry.Unknown("This user is not known, or the password is another.", "password-wrong");
        return await accounts.IsKnownAsync(line.AccountId, cancellation)
            ? Entry.In(new(line.AccountId, user, Authority.OfActor), null)
            : Entry.Forbidden("There is no such account.", "unknown-account");
    }

    public void Dispose() => _trying.Dispose();

    private async ValueTask<bool> IsGoodAsync(string user, string password, string hash, CancellationToken cancellation)
    {
        var known = Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{user}\n{password}")));
        var now = time.GetUtcNow();
        if (_good.TryGetValue(known, out var until) && now < until) return true;
        await _trying.WaitAsync(cancellation);
        try
        {
            if (!PasswordHash.Fits(hash, password)) return false;
        }
        finally
        {
            _trying.Release();
        }

        if (_good.Count >= Most) _good.Clear();
        _good[known] = now + Remembered;
        return true;
    }
}
