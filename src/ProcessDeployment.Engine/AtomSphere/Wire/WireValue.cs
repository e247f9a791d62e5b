using System.Globalization;

namespace ProcessDeployment.Engine.AtomSphere.Wire;

/// <summary>Single values as text: how XML has them, and JSON that was made of XML.</summary>
internal static class WireValue
{
    private const int MostShown = 60;

    /// <summary>Null for an empty text where a text is not what is wanted: clients send those for what they leave out.</summary>
    /// <param name="field">The field it is for.</param>
    /// <param name="text">The text.</param>
    /// <param name="rule">What it must be, where it is not.</param>
    public static object? Read(WireField field, string text, out string? rule)
    {
        rule = text.Contains('\0', StringComparison.Ordinal) ? "must not contain the character U+0000" : null;
        if (rule is not null) return null;
        if (text.Length == 0 && (field.Kind != WireKind.Text || field.Words is not null)) return null;
        switch (field.Kind)
        {
            case WireKind.Number when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number): return number;
            case WireKind.Flag when bool.TryParse(text, out var flag): return flag;
            case WireKind.Time when TryTime(text, out var time): return time;
            case WireKind.Text when field.Words is null: return text;
            case WireKind.Text when field.Words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } word: return word;
        }

        rule = $"must be {Wanted(field)}, it is {Shown(text)}";
        return null;
    }

    public static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    public static string Write(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };

    public static string Shown(string text) => $"'{Short(text, MostShown)}'";

    /// <summary>At most so many characters of a text, none of them cut in two: half of one cannot be written.</summary>
    public static string Short(string text, int most) => text.Length <= most ? text : $"{text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)]}…";

    public static string Wanted(WireField field) => field switch
    {
        { Words: { } words } => $"one of {string.Join(", ", words)}",
        { Kind: WireKind.Number } => "a whole number",
        { Kind: WireKind.Flag } => "true or false",
        { Kind: WireKind.Time } => "a time such as 2026-11-23T06:00:00Z",
        { Kind: WireKind.Object } => $"an object of type {field.TypeName}",
        _ => "a text",
    };
}
