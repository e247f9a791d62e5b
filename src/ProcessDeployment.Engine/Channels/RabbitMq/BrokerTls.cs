using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>What a broker must show before it is told a password.</summary>
internal static class BrokerTls
{
    /// <summary>Certificates are for something; the broker's must be for servers.</summary>
    private static readonly Oid Servers = new("1.3.6.1.5.5.7.3.1");

    /// <summary>The client takes any name on the certificate by itself, and what versions of TLS the machine allows.</summary>
    public static void Demand(SslOption tls, string? authorities)
    {
        tls.Version = SslProtocols.Tls12 | SslProtocols.Tls13;
        tls.AcceptablePolicyErrors = SslPolicyErrors.None;
        if (authorities is null) return;
        var roots = Read(authorities);
        tls.CertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, roots);
    }

    private static X509Certificate2Collection Read(string file)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(file);
        return roots.Count > 0 ? roots : throw new CryptographicException($"{file} holds no certificate in PEM.");
    }

    /// <summary>The name is judged by the caller; who signed it is judged by these authorities and no others.</summary>
    private static bool IsTrusted(X509Certificate? certificate, X509Chain? shown, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(Servers);
        if (shown is not null) chain.ChainPolicy.ExtraStore.AddRange(shown.ChainElements.Select(element => element.Certificate).ToArray());
        using var own = new X509Certificate2(certificate);
        return chain.Build(own);
    }
}
