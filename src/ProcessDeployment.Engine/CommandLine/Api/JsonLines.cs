using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ProcessDeployment.Engine.CommandLine.Api;

/// <summary>Reads a file of JSON, one value a line, as bytes: what is sent is what is in the file.</summary>
internal static class JsonLines
{
    public const int LongestLine = Contracts.Limits.MessageBytes;

    public static readonly JsonReaderOptions Reading = new() { MaxDepth = 2 * Contracts.Limits.JsonDepth };

    /// <summary>Every line that holds something, numbered from 1.</summary>
    public static async IAsyncEnumerable<JsonLine> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        var reader = PipeReader.Create(stream);
        var number = 0;
        while (true)
        {
            var read = await reader.ReadAsync(ct);
            var rest = read.Buffer;
            while (Next(ref rest, read.IsCompleted) is { } line)
            {
                if (Trimmed(line, ++number) is { IsEmpty: false } text) yield return new(number, text);
            }

            if (rest.Length > LongestLine)
                throw new CommandLineException(ExitCodes.Malformed, $"Line {number + 1} is longer than {LongestLine} bytes: a file of commands holds one CloudEvent a line. What came before was sent.");
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted) break;
        }

        await reader.CompleteAsync();
    }

    /// <summary>Why it is no JSON object; null when it is one. One line that is not would spoil the batch it is sent in.</summary>
    public static string? Mistake(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span, Reading);
        try
        {
            if (!System.Text.Unicode.Utf8.IsValid(line.Span)) return "must be UTF-8";
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return "must be a JSON object, a CloudEvent";
            reader.Skip();
            // Reading past the end is what finds text after it.
            reader.Read();
            return null;
        }
        catch (JsonException e)
        {
            return $"is not JSON: {e.Message.Split(" LineNumber", 2)[0]} At byte {e.BytePositionInLine}.";
        }
    }

    private static ReadOnlySequence<byte>? Next(ref ReadOnlySequence<byte> rest, bool isLast)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            var line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return line;
        }

        if (!isLast || rest.IsEmpty) return null;
        (var last, rest) = (rest, rest.Slice(rest.End));
        return last;
    }

    private static ReadOnlyMemory<byte> Trimmed(ReadOnlySequence<byte> line, int number)
    {
        ReadOnlyMemory<byte> text = line.ToArray();
        if (number == 1 && text.Span.StartsWith("\uFEFF"u8)) text = text[3..];
        return text.Trim(" \t\r"u8);
    }
}

/// <summary>A line of a file of commands.</summary>
internal sealed record JsonLine(int Number, ReadOnlyMemory<byte> Text);
