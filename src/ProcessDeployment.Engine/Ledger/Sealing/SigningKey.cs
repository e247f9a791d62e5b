using System.Security.Cryptography;

namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>A key that signs checkpoints: ECDSA over P-256 with SHA-256.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        Public = new(key.ExportSubjectPublicKeyInfo());
    }

    public PublicKey Public { get; }

    public string Id => Public.Id;

    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static SigningKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return new(key);
    }

    public string ToPem() => _key.ExportPkcs8PrivateKeyPem();

    public string ToPublicPem() => _key.ExportSubjectPublicKeyInfoPem();

    public Dsse Sign(byte[] payload, string payloadType = Checkpoint.PayloadType) => new(payloadType, payload, [new(Id, _key.SignData(
        Dsse.Encode(payloadType, payload), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))]);

    public void Dispose() => _key.Dispose();
}
