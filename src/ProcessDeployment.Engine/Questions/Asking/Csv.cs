using System.Buffers;
using System.Text;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>Comma-separated values as RFC 4180 has them.</summary>
internal sealed class Csv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");
    private readonly StringBuilder _text = new();

    public Csv(params string[] header) => Line(header);

    /// <summary>How much of it was not taken yet.</summary>
    public int Length => _text.Length;

    public void Line(params ReadOnlySpan<string?> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0) _text.Append(',');
            Append(Harmless(fields[i] ?? ""));
        }

        _text.Append("\r\n");
    }

    /// <summary>Takes what there is; lines that come later follow it.</summary>
    public string Drain()
    {
        var text = _text.ToString();
        _text.Clear();
        return text;
    }

    /// <summary>A spreadsheet takes a field that begins like this for a formula, and names are anybody's choice.</summary>
    private static string Harmless(string field) => field is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{field}" : field;

    private void Append(string field)
    {
        if (field.AsSpan().ContainsAny(Quoted)) _text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else _text.Append(field);
    }
}
