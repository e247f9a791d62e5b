using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>What a checkpoint says: at that time, so many accounts had these heads, and before it came that one.</summary>
/// <param name="Ledger">Which ledger it is; made when it begins.</param>
/// <param name="Number">1, 2, 3 … without gaps.</param>
/// <param name="Time">Database time.</param>
/// <param name="Accounts">How many leaves the tree over all heads has.</param>
/// <param name="Root">The root of that tree.</param>
/// <param name="Previous">SHA-256 of the payload before; null for the first.</param>
/// <param name="KeyId">The key that signs it.</param>
/// <param name="NextKey">The key that signs from the next one on; null to stay with this.</param>
internal sealed record Checkpoint(Guid Ledger, long Number, DateTimeOffset Time, long Accounts, byte[] Root, byte[]? Previous, string KeyId, PublicKey? NextKey)
{
    public const string PayloadType = "application/vnd.processdeployment.checkpoint+json";

    /// <summary>The bytes that are signed.</summary>
    public byte[] ToPayload()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("ledger", Ledger);
            json.WriteNumber("number", Number);
            json.WriteString("time", Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
            json.WriteNumber("accounts", Accounts);
            json.WriteString("root", Convert.ToHexStringLower(Root));
            if (Previous is null) json.WriteNull("previous");
            else json.WriteString("previous", Convert.ToHexStringLower(Previous));
            json.WriteString("key", KeyId);
            if (NextKey is { } next)
            {
                json.WriteStartObject("nextKey");
                json.WriteString("id", next.Id);
                json.WriteBase64String("publicKey", next.Spki);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}

/// <summary>A public key, as SubjectPublicKeyInfo. Its id follows from it.</summary>
internal sealed record PublicKey(byte[] Spki)
{
    private const int IdBytes = 16;

    public string Id => Convert.ToHexStringLower(SHA256.HashData(Spki).AsSpan(0, IdBytes));

    /// <summary>Whether its private half signed this.</summary>
    public bool Signed(Dsse envelope)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Spki, out _);
        return envelope.Signatures is [var only] && only.KeyId == Id
            && key.VerifyData(Dsse.Encode(envelope.PayloadType, envelope.Payload), only.Sig, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
