using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace ProcessDeployment.Contracts.Json;

/// <summary>
/// Turns text from outside into commands, for every channel alike. It never throws for bad input, names each member that is
/// wrong, and takes no memory worth mentioning beyond the input until all is well.
/// </summary>
public static class CommandParser
{
    /// <summary>Reads one command.</summary>
    /// <param name="utf8">A CloudEvent as UTF-8 JSON.</param>
    /// <param name="defaults">What the credentials say; <see cref="CommandDefaults.None"/> for the bus and files.</param>
    public static ParseResult Parse(ReadOnlyMemory<byte> utf8, CommandDefaults defaults)
    {
        var problems = new Problems();
        var message = utf8.Span;
        if (!IsText(message, Limits.MessageBytes, problems)) return ParseResult.Malformed(problems);

        var envelope = new EnvelopeReader(problems);
        var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = Limits.JsonDepth });
        try
        {
            envelope.Read(ref reader, message);
            // Reading past the end is what finds text after it.
            reader.Read();
        }
        catch (JsonException error)
        {
            problems.AddSyntax(reader, message, error);
        }

        var rest = message.Length - problems.ContentLength;
        if (envelope.Type is not null && rest > Limits.CommandBytes)
            problems.AddTooLarge(Problems.Body, string.Create(CultureInfo.InvariantCulture, $"must have at most {Limits.CommandBytes} bytes beside content, it has {rest}"));

        return problems.None && envelope.Build(message, defaults) is { } command
            ? ParseResult.Of(new(envelope.Id!.Value, envelope.Source!, envelope.Type!.WireName, envelope.Time, command, Fingerprint.Of(command), envelope.Extensions))
            : ParseResult.Malformed(problems, envelope.Id, envelope.IsNewer);
    }

    /// <summary>Reads one command from a bus, where it may be signed.</summary>
    /// <param name="utf8">A CloudEvent as UTF-8 JSON, or a compact JWS of one.</param>
    /// <returns>The command, and its signature, which nobody has checked yet; null for a plain one.</returns>
    public static (ParseResult Parsed, SignedCommand? Signature) ParseFromBus(ReadOnlyMemory<byte> utf8)
    {
        if (!SignedCommand.IsMeant(utf8.Span)) return (Parse(utf8, CommandDefaults.None), null);
        if (SignedCommand.TryRead(utf8.Span) is { } signed) return (Parse(signed.Payload, CommandDefaults.None), signed);
        var problems = new Problems();
        problems.Add(Problems.Body, SignedCommand.Rule);
        return (ParseResult.Malformed(problems), null);
    }

    /// <summary>Reads one line of a file of commands, one CloudEvent a line.</summary>
    /// <param name="utf8">The line, with or without its end; the first may start with a byte order mark.</param>
    /// <param name="defaults">What the credentials say, if any.</param>
    /// <returns>Null for a line with nothing on it.</returns>
    public static ParseResult? ParseLine(ReadOnlyMemory<byte> utf8, CommandDefaults defaults)
    {
        if (utf8.Span.StartsWith(ByteOrderMark)) utf8 = utf8[ByteOrderMark.Length..];
        utf8 = utf8.Trim(" \t\r\n"u8);
        return utf8.IsEmpty ? null : Parse(utf8, defaults);
    }

    /// <summary>Reads the CloudEvents batch format: a list of CloudEvents. Each item is judged for itself.</summary>
    /// <param name="utf8">A JSON list of at most <see cref="Limits.BatchCommands"/> CloudEvents.</param>
    /// <param name="defaults">What the credentials say, if any.</param>
    public static BatchParseResult ParseBatch(ReadOnlyMemory<byte> utf8, CommandDefaults defaults)
    {
        var problems = new Problems();
        var message = utf8.Span;
        if (!IsText(message, Limits.BatchBytes, problems)) return BatchParseResult.Malformed(problems);

        var items = new List<Range>();
        // One level more than a command: what is nested too deep in an item is that item's mistake alone, as far as it goes.
        var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = 2 * Limits.JsonDepth });
        try
        {
            FindItems(ref reader, items, problems);
            reader.Read();
        }
        catch (JsonException error)
        {
            problems.AddSyntax(reader, message, error);
        }

        return problems.None
            ? new([.. items.Select(item => Parse(utf8[item], defaults))], [])
            : BatchParseResult.Malformed(problems);
    }

    private static void FindItems(ref Utf8JsonReader reader, List<Range> items, Problems problems)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            problems.Refuse(ref reader, $"must be a list of CloudEvents, it is {Shown.Kind(reader)}");
            return;
        }

        for (var index = 0; index <= Limits.BatchCommands; index++)
        {
            problems.Enter(index);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (reader.TokenType != JsonTokenType.EndArray) reader.Skip();
            problems.Leave();
            if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 0) return;
            items.Add(start..(int)reader.BytesConsumed);
        }

        problems.AddTooLarge(Problems.Body, string.Create(CultureInfo.InvariantCulture, $"must have at most {Limits.BatchCommands} commands"));
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static bool IsText(ReadOnlySpan<byte> message, int most, Problems problems)
    {
        if (message.Length > most)
            problems.AddTooLarge(Problems.Body, string.Create(CultureInfo.InvariantCulture, $"must have at most {most} bytes, it has {message.Length}"));
        else if (!message.ContainsAnyExcept(" \t\r\n"u8))
            problems.Add(Problems.Body, "must not be empty");
        else if (message.StartsWith(ByteOrderMark))
            problems.Add(Problems.Body, "must not start with a byte order mark");
        else if (!Utf8.IsValid(message))
            problems.Add(Problems.Body, "must be UTF-8");
        return problems.None;
    }
}
