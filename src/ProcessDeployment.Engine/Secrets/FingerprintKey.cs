using System.Security.Cryptography;

namespace ProcessDeployment.Engine.Secrets;

/// <summary>
/// Marks fingerprints, which are kept for ever and compared for ever: it stays when the key it follows from is removed, and opens
/// nothing, since nobody can compute that key from it.
/// </summary>
internal sealed class FingerprintKey
{
    private const int KeyLength = 32;

    private readonly byte[] _marking;

    private FingerprintKey(string id, byte[] marking) => (Id, _marking) = (id, marking);

    /// <summary>Of the key it follows from.</summary>
    public string Id { get; }

    public static FingerprintKey Of(string id, byte[] key) => new(id, HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyLength, info: "fingerprints"u8.ToArray()));

    /// <exception cref="FormatException">It is no key.</exception>
    public static FingerprintKey Parse(string id, string text) =>
        Convert.FromBase64String(text.Trim()) is { Length: KeyLength } marking ? new(id, marking) : throw new FormatException($"a key has {KeyLength} bytes");

    public string ToText() => Convert.ToBase64String(_marking);

    /// <summary>A fingerprint that nobody without the key can try guesses against.</summary>
    public byte[] Mark(ReadOnlySpan<byte> fingerprint) => HMACSHA256.HashData(_marking, fingerprint);
}
