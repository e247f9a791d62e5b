using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ProcessDeployment.AtomAgent;

/// <summary>The keys that whoever set up the agent trusts: what they signed came from that engine, whoever delivered it.</summary>
internal sealed class PinnedKeys : IDisposable
{
    public const string PayloadType = "application/vnd.processdeployment.bundle+json";

    private readonly List<ECDsa> _keys = [];

    /// <exception cref="AgentStartException">The file holds no key.</exception>
    public PinnedKeys(AgentOptions options, ILogger<PinnedKeys> log)
    {
        if (options.PublicKey is not { } file)
        {
            log.LogWarning("No public key is pinned (--PublicKey=…): bundles are checked by their digest, and digests are believed from whoever answers at {Engine}", options.Engine);
            return;
        }

        try
        {
            var text = File.ReadAllText(file).AsSpan();
            while (PemEncoding.TryFind(text, out var found))
            {
                var key = ECDsa.Create();
                key.ImportFromPem(text[found.Location]);
                _keys.Add(key);
                text = text[found.Location.End.Value..];
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new AgentStartException($"The public key in {file} cannot be read: {e.Message}");
        }

        if (_keys.Count == 0) throw new AgentStartException($"There is no public key in {file}; it must hold one or more in PEM.");
    }

    /// <summary>Whether signatures are asked for.</summary>
    public bool Any => _keys.Count > 0;

    /// <exception cref="BundleRefusedException">None of the keys signed that these bytes are the bundle of this digest.</exception>
    public void Check(Envelope envelope, string digest, (string Sha256, long Length) whole)
    {
        if (envelope.PayloadType != PayloadType) throw new BundleRefusedException($"its signature is for {envelope.PayloadType}");
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {Encoding.UTF8.GetByteCount(PayloadType)} {PayloadType} {envelope.Payload.Length} ")), .. envelope.Payload];
        if (!envelope.Signatures.Any(signature => _keys.Exists(key => key.VerifyData(signed, signature.Sig, HashAlgorithmName.SHA256))))
            throw new BundleRefusedException($"no pinned key signed it; it is signed by {string.Join(", ", envelope.Signatures.Select(signature => signature.Keyid))}");
        using var payload = JsonDocument.Parse(envelope.Payload);
        var said = (payload.RootElement.GetProperty("digest").GetString(), payload.RootElement.GetProperty("sha256").GetString(), payload.RootElement.GetProperty("length").GetInt64());
        if (said != (digest, whole.Sha256, whole.Length)) throw new BundleRefusedException($"what is signed is {said}, what came is {(digest, whole.Sha256, whole.Length)}");
    }

    public void Dispose() => _keys.ForEach(key => key.Dispose());
}
