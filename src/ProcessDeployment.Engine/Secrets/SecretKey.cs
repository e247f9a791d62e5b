using System.Security.Cryptography;
using System.Text;

namespace ProcessDeployment.Engine.Secrets;

/// <summary>A key that seals values: AES-256-GCM, bound to what the value belongs to, so that a row put in another's place cannot be opened.</summary>
internal sealed class SecretKey
{
    private const int NonceLength = 12, TagLength = 16, KeyLength = 32;

    private readonly byte[] _key;
    private readonly byte[] _sealing;

    private SecretKey(byte[] key)
    {
        _key = key;
        Id = Convert.ToHexStringLower(SHA256.HashData(key))[..16];
        _sealing = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyLength, info: "values"u8.ToArray());
        Marks = FingerprintKey.Of(Id, key);
    }

    /// <summary>Follows from the key, so that a file tells whether it holds what its name says.</summary>
    public string Id { get; }

    /// <summary>What fingerprints are marked with while this is the first key.</summary>
    public FingerprintKey Marks { get; }

    public static SecretKey Create() => new(RandomNumberGenerator.GetBytes(KeyLength));

    /// <exception cref="FormatException">It is no key.</exception>
    public static SecretKey Parse(string text) =>
        Convert.FromBase64String(text.Trim()) is { Length: KeyLength } key ? new(key) : throw new FormatException($"a key has {KeyLength} bytes");

    public string ToText() => Convert.ToBase64String(_key);

    public SealedValue Seal(string value, string owner)
    {
        var text = Encoding.UTF8.GetBytes(value);
        var result = new byte[NonceLength + TagLength + text.Length];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(_sealing, TagLength);
        cipher.Encrypt(result.AsSpan(0, NonceLength), text, result.AsSpan(NonceLength + TagLength), result.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(owner));
        return new(Id, result);
    }

    /// <exception cref="CryptographicException">It was altered, or belongs to another owner.</exception>
    public string Open(ReadOnlySpan<byte> sealedValue, string owner)
    {
        var text = new byte[sealedValue.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(_sealing, TagLength);
        cipher.Decrypt(sealedValue[..NonceLength], sealedValue[(NonceLength + TagLength)..], sealedValue[NonceLength..(NonceLength + TagLength)], text, Encoding.UTF8.GetBytes(owner));
        return Encoding.UTF8.GetString(text);
    }
}

/// <summary>A value that only the key opens.</summary>
/// <param name="KeyId">Of the key.</param>
/// <param name="Value">Nonce, tag and cipher text.</param>
internal sealed record SealedValue(string KeyId, byte[] Value);
