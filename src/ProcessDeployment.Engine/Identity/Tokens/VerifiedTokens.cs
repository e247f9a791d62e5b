using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ProcessDeployment.Engine.Identity.Tokens;

/// <summary>
/// Tokens whose signature was verified lately: a client sends the same one for minutes, and verifying costs more than the rest
/// of coming in. Nothing about them is known by their hash; with other keys of the issuer each is verified anew.
/// </summary>
internal sealed class VerifiedTokens(TimeProvider time)
{
    public const int Most = 10_000;
    private readonly ConcurrentDictionary<Hash, Verified> _verified = new();

    public int Count => _verified.Count;

    public bool TryGet(string token, OpenIdConnectConfiguration by, [NotNullWhen(true)] out Verified? verified) =>
        _verified.TryGetValue(Hash.Of(token), out verified) && verified.By == by && verified.Until > time.GetUtcNow() - IssuerTokens.ClockSkew;

    public void Add(string token, Verified verified)
    {
        if (_verified.Count >= Most) Forget();
        _verified[Hash.Of(token)] = verified;
    }

    /// <summary>Those that are over; when it is none of them, all: they are only verified once more.</summary>
    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (hash, verified) in _verified)
        {
            if (verified.Until <= now) _verified.TryRemove(hash, out _);
        }

        if (_verified.Count >= Most) _verified.Clear();
    }

    /// <param name="Claims">What the token says.</param>
    /// <param name="Until">When it ends.</param>
    /// <param name="By">What the issuer had said of its keys.</param>
    internal sealed record Verified(ClaimsIdentity Claims, DateTimeOffset Until, OpenIdConnectConfiguration By);

    /// <summary>SHA-256.</summary>
    private readonly record struct Hash(UInt128 High, UInt128 Low)
    {
        public static Hash Of(string token)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
            return new(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash), System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
        }
    }
}
