using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>A Dead Simple Signing Envelope: the type is signed with the payload, so that a signature is good for nothing else.</summary>
/// <param name="PayloadType">What the payload is.</param>
/// <param name="Payload">The bytes that were signed, as base64.</param>
/// <param name="Signatures">The signatures; ours have one.</param>
public sealed record Dsse(string PayloadType, [property: JsonPropertyName("payload")] byte[] Payload, IReadOnlyList<DsseSignature> Signatures)
{
    internal static Dsse Of(byte[] payload, string keyId, byte[] signature) => new(Checkpoint.PayloadType, payload, [new(keyId, signature)]);

    /// <summary>The bytes under the signature (pre-authentication encoding).</summary>
    internal static byte[] Encode(string payloadType, byte[] payload) =>
    [
        .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} ")),
        .. payload,
    ];
}

/// <summary>A signature, as base64, and the id of the key that made it.</summary>
public sealed record DsseSignature([property: JsonPropertyName("keyid")] string KeyId, byte[] Sig);
