using System.Text;

namespace ProcessDeployment.Engine.Identity;

/// <summary>What Basic authentication says.</summary>
/// <param name="User">Before the first colon.</param>
/// <param name="Password">All after it.</param>
internal sealed record BasicCredentials(string User, string Password)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null for what is not that.</summary>
    public static BasicCredentials? Read(string encoded)
    {
        var bytes = new byte[encoded.Length];
        try
        {
            if (!Convert.TryFromBase64String(encoded, bytes, out var length)) return null;
            var text = Strict.GetString(bytes, 0, length);
            return text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? new(text[..colon], text[(colon + 1)..]) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The password goes nowhere, not into a log either.</summary>
    public override string ToString() => $"credentials of {User}";
}
