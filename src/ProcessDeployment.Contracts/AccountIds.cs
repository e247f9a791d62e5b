using System.Buffers;

namespace ProcessDeployment.Contracts;

/// <summary>The form of account ids.</summary>
public static class AccountIds
{
    /// <summary>The rule in words.</summary>
    public const string Rule = "must be 1 to 63 lower-case letters, digits or dashes";

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Whether a text has the form of an account id.</summary>
    /// <param name="accountId">Any text.</param>
    public static bool IsWellFormed(string accountId) => accountId.Length is >= 1 and <= 63 && !accountId.AsSpan().ContainsAnyExcept(Letters);
}
