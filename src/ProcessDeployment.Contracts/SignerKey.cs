using System.Security.Cryptography;

namespace ProcessDeployment.Contracts;

/// <summary>The public key of a producer that signs its commands.</summary>
public static class SignerKey
{
    private const int MostBytes = 2_048;
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Reads a SubjectPublicKeyInfo in base64; null for anything but an EC key of P-256 or an RSA key of 2048 to 8192 bits.</summary>
    /// <param name="base64">The key; the caller disposes of what comes back.</param>
    public static AsymmetricAlgorithm? TryRead(string base64)
    {
        var key = new byte[MostBytes];
        return Convert.TryFromBase64String(base64, key, out var length) ? Read<ECDsa>(ECDsa.Create(), key.AsSpan(0, length)) ?? Read<RSA>(RSA.Create(), key.AsSpan(0, length)) : null;
    }

    private static AsymmetricAlgorithm? Read<T>(T into, ReadOnlySpan<byte> key)
        where T : AsymmetricAlgorithm
    {
        try
        {
            into.ImportSubjectPublicKeyInfo(key, out var read);
            if (read == key.Length && IsGood(into)) return into;
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            // No key of this kind, or of a curve that this machine does not know.
        }

        into.Dispose();
        return null;
    }

    private static bool IsGood(AsymmetricAlgorithm key) => key is ECDsa ec ? ec.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value == P256 : key.KeySize is >= 2048 and <= 8192;
}
