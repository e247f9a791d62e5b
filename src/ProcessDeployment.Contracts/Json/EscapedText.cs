using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace ProcessDeployment.Contracts.Json;

/// <summary>Looks at JSON text as it was written, so that a text that must be refused is never built.</summary>
internal static class EscapedText
{
    /// <summary>Whether the text or name the reader stands on is this one, however it is escaped.</summary>
    public static bool Is(in Utf8JsonReader reader, ReadOnlySpan<byte> text) => reader.ValueIsEscaped
        ? Fault(reader, out _) is null && reader.ValueTextEquals(text)
        : reader.ValueSpan.SequenceEqual(text);

    /// <summary>The rule that the text breaks, null when it is fine. The reader has seen to it that escapes are complete.</summary>
    /// <param name="reader">Stands on a text or a member name.</param>
    /// <param name="bytes">How many bytes of UTF-8 the text has.</param>
    public static string? Fault(in Utf8JsonReader reader, out int bytes)
    {
        var text = reader.ValueSpan;
        bytes = text.Length;
        if (!reader.ValueIsEscaped) return null;

        for (int at; (at = text.IndexOf((byte)'\\')) >= 0;)
        {
            text = text[at..];
            if (text[1] != 'u')
            {
                bytes--;
                text = text[2..];
                continue;
            }

            var unit = Unit(text);
            if (unit == 0) return "must not contain U+0000";
            if (char.IsSurrogate(unit))
            {
                if (!char.IsHighSurrogate(unit) || text is not [_, _, _, _, _, _, (byte)'\\', (byte)'u', ..] || !char.IsLowSurrogate(Unit(text[6..])))
                    return string.Create(CultureInfo.InvariantCulture, $"must not contain half of a surrogate pair (\\u{(int)unit:x4})");
                bytes -= 12 - 4;
                text = text[12..];
                continue;
            }

            bytes -= 6 - (unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3);
            text = text[6..];
        }

        return null;
    }

    /// <summary>The UTF-16 unit of an escape like <c>\u00e4</c>.</summary>
    public static char Unit(ReadOnlySpan<byte> escape) =>
        Utf8Parser.TryParse(escape.Slice(2, 4), out ushort unit, out _, 'x') ? (char)unit : '\0';
}
