using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ProcessDeployment.Contracts.Json;

/// <summary>What of the input may appear in an error: short, on one line, nothing that steers a terminal or a log.</summary>
internal static class Shown
{
    private const int Most = 60;

    public static string Text(string text)
    {
        var shown = new StringBuilder(Math.Min(text.Length, Most) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= Most) return shown.Append('…').ToString();
            shown.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned ? "?" : rune.ToString());
        }

        return shown.ToString();
    }

    /// <summary>The name or text the reader stands on, as it was written.</summary>
    public static string Token(in Utf8JsonReader reader) =>
        Text(Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 4 * Most)]));

    /// <summary>What kind of value the reader stands on.</summary>
    public static string Kind(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "null",
    };
}
