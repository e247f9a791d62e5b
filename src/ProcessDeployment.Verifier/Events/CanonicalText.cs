using System.Buffers;
using System.Text.Json;

namespace ProcessDeployment.Verifier.Events;

/// <summary>Writes the canonical text of <c>eventschema/ledger.md</c>: JSON as PostgreSQL prints it.</summary>
internal sealed class CanonicalText
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Clear() => _bytes.ResetWrittenCount();

    public CanonicalText Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public CanonicalText Number(long number)
    {
        number.TryFormat(_bytes.GetSpan(20), out var length, default, System.Globalization.CultureInfo.InvariantCulture);
        _bytes.Advance(length);
        return this;
    }

    public CanonicalText Hex(ReadOnlySpan<byte> hash)
    {
        Convert.TryToHexStringLower(hash, _bytes.GetSpan(2 * hash.Length), out var length);
        _bytes.Advance(length);
        return this;
    }

    /// <summary>A text as a cell of comma-separated values.</summary>
    public CanonicalText Cell(string text)
    {
        if (text.AsSpan().ContainsAny(Quoted)) text = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return Plain(text);
    }

    /// <summary>A text as it is.</summary>
    public CanonicalText Plain(string text)
    {
        _bytes.Advance(System.Text.Encoding.UTF8.GetBytes(text, _bytes.GetSpan(3 * text.Length)));
        return this;
    }

    /// <summary>The string the reader is at, as a JSON string.</summary>
    public CanonicalText String(ref Utf8JsonReader at)
    {
        Raw("\""u8);
        if (at.ValueIsEscaped) Escape(at.GetString()!);
        else Raw(at.ValueSpan);
        return Raw("\""u8);
    }

    public CanonicalText String(string text)
    {
        Raw("\""u8);
        Escape(text);
        return Raw("\""u8);
    }

    /// <summary>Of all characters PostgreSQL escapes these only, and everything else stands for itself.</summary>
    private void Escape(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"': Raw("\\\""u8); break;
                case '\\': Raw("\\\\"u8); break;
                case '\b': Raw("\\b"u8); break;
                case '\f': Raw("\\f"u8); break;
                case '\n': Raw("\\n"u8); break;
                case '\r': Raw("\\r"u8); break;
                case '\t': Raw("\\t"u8); break;
                case < ' ': Raw("\\u00"u8).Hex([(byte)rune.Value]); break;
                default: _bytes.Advance(rune.EncodeToUtf8(_bytes.GetSpan(4))); break;
            }
        }
    }
}
