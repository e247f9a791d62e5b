using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Identity.Passwords;

/// <summary>Who may come in with a user name and a password: a line each, of the user, his account and the hash that <c>hash-password</c> prints. For scripts that cannot send anything else.</summary>
internal static class PasswordFile
{
    private const string Form = "user account hash";

    /// <exception cref="EngineStartException">It cannot be read, or says something else.</exception>
    public static Dictionary<string, PasswordLine> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineStartException($"Identity__Passwords names {path}, which cannot be read: {e.Message}", e);
        }

        var users = new Dictionary<string, PasswordLine>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]) || lines[i].StartsWith('#')) continue;
            // What stands there is never shown: it may be a password that was put into the wrong place.
            if (lines[i].Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var user, var account, var hash] || user.Contains(':', StringComparison.Ordinal) || !AccountIds.IsWellFormed(account) || !PasswordHash.IsOne(hash))
                throw new EngineStartException($"Line {i + 1} of {path} must be \"{Form}\", with a hash from hash-password and no colon in the name.");
            if (!users.TryAdd(user, new(account, hash))) throw new EngineStartException($"Line {i + 1} of {path} names {user} again.");
        }

        return users;
    }
}

/// <summary>What is kept of a user.</summary>
internal sealed record PasswordLine(string AccountId, string Hash);
