using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Identity.Keys;

/// <summary>
/// What a program comes in with: where to look for it, which is no secret, and 256 random bits. Only the hash of the whole is
/// kept; bits that nobody can guess need no slow hash.
/// </summary>
internal sealed record ApiKeyText(string AccountId, Guid KeyId, string Text)
{
    public const string Prefix = "pdak_";
    private const int SecretBytes = 32;
    private const int IdLength = 32;
    private const int Most = 300;

    /// <summary>As it is kept.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static ApiKeyText New(string accountId, Guid keyId) =>
        new(accountId, keyId, $"{Prefix}{accountId}.{keyId:n}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}");

    /// <summary>False for what was never a key of ours.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ApiKeyText? key)
    {
        key = null;
        if (text.Length > Most || !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        if (text[Prefix.Length..].Split('.') is not [var account, { Length: IdLength } id, _]) return false;
        if (!AccountIds.IsWellFormed(account) || !Guid.TryParseExact(id, "N", out var keyId)) return false;
        key = new(account, keyId, text);
        return true;
    }

    /// <summary>The secret goes nowhere, not into a log either.</summary>
    public override string ToString() => $"key {KeyId} of account {AccountId}";
}
