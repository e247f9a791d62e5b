using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Verifier.Bundles;

namespace ProcessDeployment.Verifier.Checkpoints;

/// <summary>A signed checkpoint as it travels.</summary>
internal sealed record Dsse(byte[] Payload, string KeyId, byte[] Signature)
{
    public const string CheckpointType = "application/vnd.processdeployment.checkpoint+json";

    public static Dsse Of(JsonElement json, string payloadType = CheckpointType)
    {
        if (json.Text("payloadType") != payloadType) throw new FormatException($"it is signed as something else than {payloadType}");
        var signature = json.GetProperty("signatures")[0];
        return new(json.GetProperty("payload").Base64(), signature.Text("keyid"), signature.GetProperty("sig").Base64());
    }

    /// <summary>Whether the key signed this, as what it is.</summary>
    public bool IsSignedBy(PublicKey key, string payloadType = CheckpointType)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {payloadType.Length} {payloadType} {Payload.Length} ")), .. Payload];
        try
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(key.Spki, out _);
            return ecdsa.VerifyData(signed, Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            return false;
        }
    }
}

/// <summary>A public key; its id is the first half of the SHA-256 of its SubjectPublicKeyInfo.</summary>
internal sealed record PublicKey(byte[] Spki)
{
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Spki).AsSpan(0, 16));
}
