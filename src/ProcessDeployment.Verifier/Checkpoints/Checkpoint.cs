using System.Security.Cryptography;
using System.Text.Json;
using ProcessDeployment.Verifier.Bundles;

namespace ProcessDeployment.Verifier.Checkpoints;

/// <summary>What the payload of a checkpoint says.</summary>
internal sealed record Checkpoint(Dsse Signed, Guid Ledger, long Number, string Time, long Accounts, byte[] Root, byte[]? Previous, string KeyId, PublicKey? NextKey)
{
    /// <summary>What the next one names as its previous.</summary>
    public byte[] PayloadHash => SHA256.HashData(Signed.Payload);

    public static Checkpoint Of(JsonElement json)
    {
        var signed = Dsse.Of(json);
        using var document = Documents.Parse(signed.Payload);
        var payload = document.RootElement;
        return new(
            signed, payload.GetProperty("ledger").GetGuid(), payload.Number("number"), payload.Text("time"), payload.Number("accounts"), payload.GetProperty("root").Hash(),
            payload.GetProperty("previous") is { ValueKind: JsonValueKind.String } previous ? previous.Hash() : null, payload.Text("key"),
            payload.TryGetProperty("nextKey", out var next) ? new(next.GetProperty("publicKey").Base64()) : null);
    }
}

/// <summary>A checkpoint, and the way from the head of one account to its root.</summary>
internal sealed record AccountCheckpoint(Checkpoint Checkpoint, AccountHead Head, long Index, IReadOnlyList<byte[]> Path)
{
    public static AccountCheckpoint Of(JsonElement json)
    {
        var head = json.GetProperty("head");
        return new(Checkpoint.Of(json.GetProperty("checkpoint")), new(head.Text("accountId"), head.Number("size"), head.GetProperty("root").Hash()), json.Number("index"), json.Hashes("path"));
    }
}

/// <summary>The tree of an account at a moment.</summary>
internal sealed record AccountHead(string AccountId, long Size, byte[] Root);
