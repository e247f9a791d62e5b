using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace ProcessDeployment.Contracts.Json;

/// <summary>
/// A command that its producer signed: a compact JWS (RFC 7515) whose payload is the CloudEvent, with <c>alg</c> ES256, RS256 or PS256
/// and the id of the producer as <c>kid</c>. Whose key that is the account says; a key that the text brings along counts for nothing.
/// </summary>
public sealed class SignedCommand
{
    /// <summary>What is wrong with a text that begins like one.</summary>
    public const string Rule = "must be a CloudEvent, or a compact JWS of one with alg ES256, RS256 or PS256, the id of the producer as kid, and no crit";

    private readonly string _algorithm;
    private readonly byte[] _input;
    private readonly byte[] _signature;

    private SignedCommand(Guid signer, string algorithm, byte[] input, byte[] payload, byte[] signature) =>
        (Signer, _algorithm, _input, Payload, _signature) = (signer, algorithm, input, payload, signature);

    /// <summary>The producer that the text names.</summary>
    public Guid Signer { get; }

    /// <summary>The CloudEvent as UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Whether a text begins as such do and no JSON object does.</summary>
    public static bool IsMeant(ReadOnlySpan<byte> utf8) => utf8.StartsWith("ey"u8);

    /// <summary>Null for what is none; whether the signature is right is not looked at.</summary>
    public static SignedCommand? TryRead(ReadOnlySpan<byte> utf8)
    {
        var (first, second) = (utf8.IndexOf((byte)'.'), utf8.LastIndexOf((byte)'.'));
        if (first <= 0 || second <= first || utf8.Length > Limits.MessageBytes || utf8[(first + 1)..second].Contains((byte)'.')) return null;
        return Decode(utf8[..first]) is { } header && Decode(utf8[(first + 1)..second]) is { } payload && Decode(utf8[(second + 1)..]) is { } signature && Said(header) is { } said
            ? new(said.Signer, said.Algorithm, utf8[..second].ToArray(), payload, signature)
            : null;
    }

    /// <summary>Whether the signature was made with the other half of this key.</summary>
    /// <param name="publicKey">As <see cref="SignerKey"/> reads it.</param>
    public bool IsBy(string publicKey)
    {
        using var key = SignerKey.TryRead(publicKey);
        return (key, _algorithm) switch
        {
            (ECDsa curve, "ES256") => curve.VerifyData(_input, _signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            (RSA rsa, "RS256") => rsa.VerifyData(_input, _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            (RSA rsa, "PS256") => rsa.VerifyData(_input, _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            _ => false,
        };
    }

    private static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.IsValid(text) && Base64Url.TryDecodeFromUtf8(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static (Guid Signer, string Algorithm)? Said(byte[] header)
    {
        try
        {
            using var said = JsonDocument.Parse(header, new() { MaxDepth = 4 });
            return said.RootElement.ValueKind == JsonValueKind.Object && !said.RootElement.TryGetProperty("crit", out _)
                && said.RootElement.TryGetProperty("kid", out var kid) && kid.ValueKind == JsonValueKind.String && kid.TryGetGuid(out var signer)
                && said.RootElement.TryGetProperty("alg", out var alg) && alg.ValueKind == JsonValueKind.String && alg.GetString() is "ES256" or "RS256" or "PS256"
                ? (signer, alg.GetString()!)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
