using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ProcessDeployment.Engine.Identity.Limiting;

/// <summary>
/// How often credentials from an address proved nothing lately. Whoever guesses is turned away before anything is looked up
/// or computed; whoever is known costs nothing here. Networks of IPv6 count as one address, since one sender has all of it.
/// </summary>
internal sealed class FailureLimit(TimeProvider time)
{
    public const int Most = 20;
    private const int MostAddresses = 10_000;
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LogPace = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<ulong, Failures> _failures = new();

    public int Addresses => _failures.Count;

    /// <summary>How many seconds an address has to wait; null when it need not.</summary>
    public int? WaitOf(IPAddress? address)
    {
        if (!_failures.TryGetValue(KeyOf(address), out var failures)) return null;
        var left = failures.Begin + Window - time.GetUtcNow();
        return failures.Count >= Most && left > TimeSpan.Zero ? (int)Math.Ceiling(left.TotalSeconds) : null;
    }

    /// <summary>Counts one more.</summary>
    /// <returns>How many to tell of: more than none once a minute for each address.</returns>
    public int Count(IPAddress? address)
    {
        var now = time.GetUtcNow();
        if (_failures.Count >= MostAddresses) Forget(now);
        // So many at once are no guessing of one: then each may go on, in memory that has an end.
        if (_failures.Count >= MostAddresses && !_failures.ContainsKey(KeyOf(address))) return 0;
        var failures = _failures.AddOrUpdate(
            KeyOf(address),
            static (_, now) => new(now, 1, now, 0, 1),
            static (_, former, now) =>
            {
                var counted = now - former.Begin >= Window ? former with { Begin = now, Count = 1 } : former with { Count = former.Count + 1 };
                return now - former.ToldAt >= LogPace ? counted with { ToldAt = now, Untold = 0, Telling = former.Untold + 1 } : counted with { Untold = former.Untold + 1, Telling = 0 };
            },
            now);
        return failures.Telling;
    }

    /// <summary>As it is told: the whole address, or the network.</summary>
    public static string NameOf(IPAddress? address) => address switch
    {
        null => "this machine",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => $"{new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]])}/64",
        _ => address.MapToIPv4().ToString(),
    };

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, failures) in _failures)
        {
            if (now - failures.Begin >= Window) _failures.TryRemove(key, out _);
        }
    }

    private static ulong KeyOf(IPAddress? address)
    {
        if (address is null) return 0;
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6
            ? 0xFFFF_0000_0000_0000 | System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes[12..])
            : System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    private sealed record Failures(DateTimeOffset Begin, int Count, DateTimeOffset ToldAt, int Untold, int Telling);
}
