using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace ProcessDeployment.Contracts.Json;

/// <summary>The rules of form of CloudEvents 1.0 for the attributes around the data.</summary>
internal static class EnvelopeRules
{
    public const string SourceRule = "must be a URI, for example //ci/pipeline/42, of at most 1000 characters";
    public static readonly string ExtensionsRule = string.Create(CultureInfo.InvariantCulture, $"is too much: names and values of all extension attributes together must have at most {Limits.ExtensionBytes} bytes");
    private const string TimeRule = "must be an RFC 3339 time, for example 2026-11-23T06:00:00Z";
    private const string ContentTypeRule = "must be application/json or left out";

    private static readonly SearchValues<byte> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789"u8);
    private static readonly SearchValues<char> UriLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=");

    /// <summary>URI-reference by its letters (RFC 3986); whether it leads anywhere does not matter.</summary>
    public static bool IsSource(string source)
    {
        if (source.Length is 0 or > Limits.Source) return false;
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            var escape = c == '%' && i + 2 < source.Length && char.IsAsciiHexDigit(source[i + 1]) && char.IsAsciiHexDigit(source[i + 2]);
            if (!escape && !UriLetters.Contains(c)) return false;
        }

        return true;
    }

    public static DateTimeOffset? Time(ref Utf8JsonReader reader, Problems problems)
    {
        if (Text(ref reader, problems, TimeRule) is not { } text) return null;
        // The reader takes a day alone and local time as well.
        var whole = text.Length >= "2026-11-23T06:00:00Z".Length && text is ([.., 'Z'] or [.., '+' or '-', _, _, ':', _, _]);
        if (whole && reader.TryGetDateTimeOffset(out var time)) return time;
        problems.Add($"{TimeRule}, it is \"{Shown.Text(text)}\"");
        return null;
    }

    public static void ContentType(ref Utf8JsonReader reader, Problems problems)
    {
        if (Text(ref reader, problems, ContentTypeRule) is not { } text) return;
        var parts = text.Split(';', 2, StringSplitOptions.TrimEntries);
        var json = parts[0].Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (parts[0].EndsWith("+json", StringComparison.OrdinalIgnoreCase) && parts[0].Contains('/'));
        var utf8 = parts.Length == 1 || parts[1].Replace("\"", "", StringComparison.Ordinal).Equals("charset=utf-8", StringComparison.OrdinalIgnoreCase);
        if (!json || !utf8) problems.Add(ContentTypeRule);
    }

    /// <summary>An extension attribute: text, a whole number, or true or false; kept as text.</summary>
    public static string? Extension(ref Utf8JsonReader reader, Problems problems)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True: return "true";
            case JsonTokenType.False: return "false";
            case JsonTokenType.Number when reader.TryGetInt32(out var number): return number.ToString(CultureInfo.InvariantCulture);
            default: return Text(ref reader, problems, "must be text, a whole number, or true or false");
        }
    }

    public static bool IsAttributeName(ReadOnlySpan<byte> name) => name.Length is > 0 and <= 60 && !name.ContainsAnyExcept(NameLetters);

    public static string? Text(ref Utf8JsonReader reader, Problems problems, string rule)
    {
        if (reader.TokenType != JsonTokenType.String) problems.Refuse(ref reader, $"{rule}, it is {Shown.Kind(reader)}");
        else if (EscapedText.Fault(reader, out _) is { } fault) problems.Add(fault);
        else return reader.GetString();
        return null;
    }
}
