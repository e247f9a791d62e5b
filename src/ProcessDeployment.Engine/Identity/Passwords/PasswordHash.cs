using Microsoft.AspNetCore.Identity;

namespace ProcessDeployment.Engine.Identity.Passwords;

/// <summary>Passwords as they are kept: salted, and slow to try (PBKDF2 of ASP.NET Core).</summary>
internal static class PasswordHash
{
    private static readonly PasswordHasher<string> Hasher = new();

    public static string Of(string password) => Hasher.HashPassword("", password);

    public static bool Fits(string hash, string password) => Hasher.VerifyHashedPassword("", hash, password) != PasswordVerificationResult.Failed;

    /// <summary>Whether a text has the form of a hash.</summary>
    public static bool IsOne(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 48 && bytes[0] == 1;
    }
}
