using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ProcessDeployment.Engine.Identity.Tokens;

/// <summary>
/// Tokens whose signature was verified lately: a client sends the same one for minutes, and verifying costs more than the rest
/// of coming in. Kept are the hash of each and what it says, never the token; with other keys of the issuer, and whenever it
/// was asked for its keys again, each is verified anew.
/// </summary>
internal sealed class VerifiedTokens(TimeProvider time)
{
    public const int Most = 10_000;

    /// <summary>Longer ones are verified each time: what is kept has an end.</summary>
    public const int MostText = 4_000;
    private readonly ConcurrentDictionary<Hash, Verified> _verified = new();

    public int Count => _verified.Count;

    public bool TryGet(string token, OpenIdConnectConfiguration by, [NotNullWhen(true)] out Verified? verified) =>
        _verified.TryGetValue(Hash.Of(token), out verified) && verified.By == by && verified.Until > time.GetUtcNow() - IssuerTokens.ClockSkew;

    public void Add(string token, Verified verified)
    {
        if (token.Length > MostText) return;
        // They are only verified once more.
        if (_verified.Count >= Most) _verified.Clear();
        // What a library read keeps what it read it from.
        _verified[Hash.Of(token)] = verified with { Claims = new(verified.Claims.Claims, verified.Claims.AuthenticationType) };
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
            return new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
        }
    }
}
