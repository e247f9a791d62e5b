using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Agents;

/// <summary>
/// What an Atom comes in with: where to look for it, which is no secret, and 256 random bits. Only the hash of the whole is
/// kept; bits that nobody can guess need no slow hash.
/// </summary>
internal sealed record AtomToken(string AccountId, Guid AtomId, Guid TokenId, string Text)
{
    public const string Prefix = "pdat_";
    private const int SecretBytes = 32;

    /// <summary>Space around an id is no part of it, and a token is one text.</summary>
    private const int IdLength = 32;

    /// <summary>As it is kept.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static AtomToken New(string accountId, Guid atomId)
    {
        var tokenId = Guid.CreateVersion7();
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return new(accountId, atomId, tokenId, $"{Prefix}{accountId}.{atomId:n}.{tokenId:n}.{secret}");
    }

    /// <summary>False for what was never a token of ours.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AtomToken? token)
    {
        token = null;
        if (text.Length > 300 || !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        if (text[Prefix.Length..].Split('.') is not [var account, { Length: IdLength } atom, { Length: IdLength } id, _]) return false;
        if (!AccountIds.IsWellFormed(account) || !Guid.TryParseExact(atom, "N", out var atomId) || !Guid.TryParseExact(id, "N", out var tokenId)) return false;
        token = new(account, atomId, tokenId, text);
        return true;
    }

    /// <summary>The secret goes nowhere, not into a log either.</summary>
    public override string ToString() => $"token {TokenId} of Atom {AtomId}";
}
