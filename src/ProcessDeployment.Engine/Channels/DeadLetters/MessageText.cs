using System.Text;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.DeadLetters;

/// <summary>The bytes of a message as text that PostgreSQL can keep.</summary>
/// <param name="Text">Invalid UTF-8 replaced, U+0000 escaped.</param>
/// <param name="Size">Bytes of the whole message.</param>
/// <param name="Truncated">Only its beginning is kept.</param>
public sealed record MessageText(string Text, long Size, bool Truncated)
{
    /// <summary>How much is kept of a message over the limit: enough to see where it came from.</summary>
    public const int Kept = 64 * 1024;

    public static MessageText Of(ReadOnlySpan<byte> message)
    {
        var truncated = message.Length > Limits.MessageBytes;
        var text = Encoding.UTF8.GetString(truncated ? message[..Kept] : message);
        return new(Storable(text), message.Length, truncated);
    }

    /// <summary>PostgreSQL keeps neither U+0000 nor half a surrogate pair.</summary>
    public static string Storable(string text)
    {
        var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return valid.Contains('\0', StringComparison.Ordinal) ? valid.Replace("\0", "\\u0000", StringComparison.Ordinal) : valid;
    }
}
