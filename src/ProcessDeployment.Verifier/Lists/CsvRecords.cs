using System.Text;
using ProcessDeployment.Verifier.Events;

namespace ProcessDeployment.Verifier.Lists;

/// <summary>The records of comma-separated values, one after another: lines, put together where a quoted cell goes on.</summary>
internal sealed class CsvRecords(Stream stream)
{
    private readonly Lines _lines = new(stream);

    /// <summary>The bytes of a record without its line feed; null after the last one.</summary>
    public byte[]? Next()
    {
        if (!_lines.Next(out var line)) return null;
        if (line.Count((byte)'"') % 2 == 0) return line.ToArray();
        List<byte> record = [.. line];
        for (var odd = true; odd && _lines.Next(out line);)
        {
            record.Add((byte)'\n');
            record.AddRange(line);
            odd ^= line.Count((byte)'"') % 2 == 1;
        }

        return [.. record];
    }

    /// <summary>The cells of a record; null where it is none.</summary>
    public static List<string>? Cells(ReadOnlySpan<byte> record)
    {
        if (!System.Text.Unicode.Utf8.IsValid(record) || record is not [.., (byte)'\r']) return null;
        var (text, cells) = (Encoding.UTF8.GetString(record[..^1]), new List<string>());
        for (var at = 0; ; at++)
        {
            if (Cell(text, ref at) is not { } cell) return null;
            cells.Add(cell);
            if (at == text.Length) return cells;
            if (text[at] != ',') return null;
        }
    }

    private static string? Cell(string text, ref int at)
    {
        if (at == text.Length || text[at] != '"')
        {
            var end = text.IndexOf(',', at);
            var plain = text[at..(end < 0 ? text.Length : end)];
            at += plain.Length;
            return plain.AsSpan().ContainsAny("\"\r\n") ? null : plain;
        }

        var cell = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"') cell.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == '"') cell.Append(text[at++]);
            else
            {
                at++;
                return cell.ToString();
            }
        }

        return null;
    }

    /// <summary>How a text stands in a cell: what a spreadsheet would take for a formula has a mark before it.</summary>
    public static string Harmless(string? text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text ?? "";
}
