using System.Security.Cryptography;
using System.Text.Json;
using ProcessDeployment.Verifier.Bundles;

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

        if (first < documents.Count) chain._keys.Add(new(documents[first].Key, documents[first].Rotation?.Number ?? 0, long.MaxValue));
        foreach (var document in documents.Skip(first + 1))
        {
            if (document.Rotation is not { } rotation || rotation.NextKey is not { } next || !next.Spki.AsSpan().SequenceEqual(document.Key.Spki))
                report.Bad("keys", $"nothing says that {document.Key.Id} follows {chain._keys[^1].Key.Id}");
            else if (chain.Follow(rotation) is { } why)
                report.Bad("keys", $"the rotation to {document.Key.Id} does not count: {why}");
        }

        return chain;
    }

    /// <summary>What to say of something that is signed with a key that nothing known leads to.</summary>
    public static string Unknown(string what, string keyId) =>
        $"{what} is signed with key {keyId}, which neither the bundle nor --keys nor --published leads to: give --keys with the answer of /ledger/keys";

    public PublicKey? Find(string id) => _keys.Find(turn => turn.Key.Id == id)?.Key;

    /// <summary>
    /// Whether nothing that was given says anything of the key of a checkpoint: it comes after the bundle, whose keys end with
    /// its checkpoint, or before the key that is trusted.
    /// </summary>
    public bool IsBeyond(Checkpoint checkpoint, Checkpoint bundle) =>
        Find(checkpoint.KeyId) is null && (checkpoint.Number > bundle.Number || (_keys.Count > 0 && checkpoint.Number <= _keys[0].After));

    /// <summary>Goes on to the key that a checkpoint names the next, if it counts and the key is not known yet. Otherwise says why not.</summary>
    public string? Follow(Checkpoint rotation)
    {
        if (rotation.NextKey is not { } next) return "it names none";
        if (_keys.Count == 0 || _keys[^1].Key.Id != rotation.KeyId) return $"it is not signed with the last key before it";
        if (Refuse(rotation) is { } why) return why;
        if (Find(next.Id) is not null) return $"key {next.Id} had its turn";
        _ledger ??= rotation.Ledger;
        _keys[^1] = _keys[^1] with { UpTo = rotation.Number };
        _keys.Add(new(next, rotation.Number, long.MaxValue));
        return null;
    }

    /// <summary>Goes on with the keys of a list, as far as what is known leads.</summary>
    public void Follow(IReadOnlyList<KeyDocument> documents, string file, Report report)
    {
        var (known, before) = (documents.Count(document => Find(document.Key.Id) is not null), _keys.Count);
        foreach (var document in documents)
        {
            if (document.Rotation is { } rotation && rotation.NextKey is { } next && next.Spki.AsSpan().SequenceEqual(document.Key.Spki)) Follow(rotation);
        }

        report.Note("keys", $"{file}: {known} keys are known, {_keys.Count - before} more follow from them");
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
            new(key.GetProperty("publicKey").Base64()),
            key.TryGetProperty("rotation", out var rotation) && rotation.ValueKind == JsonValueKind.Object ? Checkpoint.Of(rotation) : null)),
    ];
}
