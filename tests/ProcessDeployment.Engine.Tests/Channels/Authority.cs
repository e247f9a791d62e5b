using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProcessDeployment.ChannelTests;

/// <summary>Signs certificates for a test; nobody else trusts it.</summary>
internal sealed class Authority : IDisposable
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.UtcNow.AddDays(-1);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public Authority()
    {
        var request = new CertificateRequest("CN=an authority of a test", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _certificate = request.CreateSelfSigned(Begin, Begin.AddDays(30));
    }

    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>The certificate and the key of a server of a name, in PEM.</summary>
    /// <param name="host">The name.</param>
    /// <param name="purpose">What it is for: servers, unless said otherwise.</param>
    public (string Certificate, string Key) Sign(string host, string purpose = "1.3.6.1.5.5.7.3.1")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(purpose)], critical: false));
        using var signed = request.Create(_certificate, Begin, Begin.AddDays(20), RandomNumberGenerator.GetBytes(12));
        return (signed.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
