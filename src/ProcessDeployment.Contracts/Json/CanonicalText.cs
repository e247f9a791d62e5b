using System.Buffers;
using System.Globalization;
using System.Text;

namespace ProcessDeployment.Contracts.Json;

/// <summary>Rewrites the escapes of JSON text: only what must be escaped stays so, each in its one form.</summary>
internal static class CanonicalText
{
    /// <summary>Writes a JSON text, quotes and all. The canonical form is never longer than any other.</summary>
    public static void Write(ReadOnlySpan<byte> raw, IBufferWriter<byte> output)
    {
        var buffer = output.GetSpan(raw.Length);
        var written = 0;
        for (int at; (at = raw.IndexOf((byte)'\\')) >= 0;)
        {
            raw[..at].CopyTo(buffer[written..]);
            written += at;
            raw = raw[at..];
            raw = raw[WriteEscape(raw, buffer, ref written)..];
        }

        raw.CopyTo(buffer[written..]);
        output.Advance(written + raw.Length);
    }

    /// <returns>How long the escape was.</returns>
    private static int WriteEscape(ReadOnlySpan<byte> raw, Span<byte> buffer, ref int written)
    {
        if (raw[1] != 'u')
        {
            if (raw[1] != '/') buffer[written++] = (byte)'\\';
            buffer[written++] = raw[1];
            return 2;
        }

        var unit = EscapedText.Unit(raw);
        if (char.IsHighSurrogate(unit))
        {
            written += new Rune(unit, EscapedText.Unit(raw[6..])).EncodeToUtf8(buffer[written..]);
            return 12;
        }

        if (Escape(unit) is { } escape) written += Encoding.UTF8.GetBytes(escape, buffer[written..]);
        else written += new Rune(unit).EncodeToUtf8(buffer[written..]);
        return 6;
    }

    private static string? Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
        _ => null,
    };
}
