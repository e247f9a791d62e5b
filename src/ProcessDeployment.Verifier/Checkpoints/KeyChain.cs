using System.Security.Cryptography;
using System.Text.Json;

namespace ProcessDeployment.Verifier.Checkpoints;

/// <summary>The keys that count: one that is trusted, and each that the one before it signed to be the next.</summary>
internal sealed class KeyChain
{
    private readonly List<Turn> _keys = [];

    /// <summary>Which ledger the rotations are of; null when there were none.</summary>
    private Guid? _ledger;

    public static KeyChain Of(IReadOnlyList<KeyDocument> documents, string? trustedPem, Report report)
    {
        var chain = new KeyChain();
        var first = 0;
        if (trustedPem is not null)
        {
            var trusted = ReadPem(trustedPem);
            first = documents.ToList().FindIndex(document => document.Key.Spki.AsSpan().SequenceEqual(trusted.Spki));
            if (first < 0)
            {
                report.Bad("keys", $"the trusted key {trusted.Id} is none of this ledger: it was signed again with another");
                return chain;
            }
        }
        else if (documents.Count > 0)
        {
            report.Note("keys", $"the first key of the bundle, {documents[0].Key.Id}, is taken for the ledger's; compare it, or give yours with --key");
        }

        foreach (var document in documents.Skip(first)) chain.Add(document, isTrusted: chain._keys.Count == 0, report);
        return chain;
    }

    /// <summary>Why the checkpoint is not signed as it must be; null when it is.</summary>
    public string? Refuse(Checkpoint checkpoint)
    {
        var of = $"checkpoint {checkpoint.Number}";
        if (_ledger is { } ledger && ledger != checkpoint.Ledger) return $"{of} is of another ledger than the keys";
        if (_keys.Find(key => key.Key.Id == checkpoint.KeyId) is not { } found) return $"{of} names key {checkpoint.KeyId}, which is none of the ledger";
        if (checkpoint.Number <= found.After || checkpoint.Number > found.UpTo) return $"{of} is signed with key {checkpoint.KeyId}, whose turn it was not";
        return checkpoint.Signed.IsSignedBy(found.Key) ? null : $"the signature of {of} does not hold";
    }

    private void Add(KeyDocument document, bool isTrusted, Report report)
    {
        if (isTrusted)
        {
            _keys.Add(new(document.Key, document.Rotation?.Number ?? 0, long.MaxValue));
            return;
        }

        if (document.Rotation is not { } rotation || rotation.NextKey is not { } next || !next.Spki.AsSpan().SequenceEqual(document.Key.Spki))
        {
            report.Bad("keys", $"nothing says that {document.Key.Id} follows {_keys[^1].Key.Id}");
        }
        else if (Refuse(rotation) is { } why)
        {
            report.Bad("keys", $"the rotation to {document.Key.Id} does not count: {why}");
        }
        else
        {
            _ledger ??= rotation.Ledger;
            _keys[^1] = _keys[^1] with { UpTo = rotation.Number };
            _keys.Add(new(document.Key, rotation.Number, long.MaxValue));
        }
    }

    /// <summary>A key signs the checkpoints after one number, up to another.</summary>
    private sealed record Turn(PublicKey Key, long After, long UpTo);

    private static PublicKey ReadPem(string file)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(file));
            return new(key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new UnreadableException($"{file} is no public key: {e.Message}", e);
        }
    }
}

/// <summary>A key of <c>keys.json</c>.</summary>
internal sealed record KeyDocument(PublicKey Key, Checkpoint? Rotation)
{
    public static List<KeyDocument> ListOf(JsonElement json) =>
    [
        .. json.GetProperty("keys").EnumerateArray().Select(key => new KeyDocument(
            new(key.GetProperty("publicKey").GetBytesFromBase64()),
            key.TryGetProperty("rotation", out var rotation) && rotation.ValueKind == JsonValueKind.Object ? Checkpoint.Of(rotation) : null)),
    ];
}
