using System.Security.Cryptography;
using System.Text.Json;
using ProcessDeployment.Verifier.Bundles;
using ProcessDeployment.Verifier.Lists;
using ProcessDeployment.Verifier.Trees;

namespace ProcessDeployment.Verifier.Events;

/// <summary>A line of <c>events.jsonl</c>, and what was sealed of it.</summary>
internal sealed class EventLine(string accountId)
{
    private static readonly string[] Required = ["position", "stream", "number", "eventId", "type", "time", "actor", "headers", "data"];

    private readonly CanonicalText _text = new();
    private string? _type;
    private string? _actor;
    private string? _channel;
    private string? _source;
    private readonly Dictionary<string, Slice> _members = new(StringComparer.Ordinal);

    public long Position { get; private set; }

    /// <summary>The hash of the line as a leaf. Wrong members, missing ones and any other than canonical form make it another one.</summary>
    /// <exception cref="FormatException">The line is not an event.</exception>
    public byte[] LeafHash(ReadOnlySpan<byte> line)
    {
        Position = 0;
        if (!System.Text.Unicode.Utf8.IsValid(line)) throw new FormatException("it is not UTF-8");
        Split(line);
        foreach (var name in Required)
        {
            if (!_members.ContainsKey(name)) throw new FormatException($"it has no {name}");
        }

        Position = Number(line, "position") is var position and > 0 ? position : throw new FormatException("its position is none");
        _text.Clear();
        // The prefix of a leaf goes in front, so that it is hashed in one go.
        _text.Raw([Merkle.LeafPrefix]).Raw("[\"processdeployment-leaf/1\", "u8).String(accountId).Raw(", "u8).Number(Position);
        Text(line, "stream");
        _text.Raw(", "u8).Number(Number(line, "number"));
        foreach (var name in (ReadOnlySpan<string>)["eventId", "type", "time", "actor", "correlationId", "causationId"]) Text(line, name);
        Hash(line, "headers");
        Hash(line, "data");
        _text.Raw("]"u8);
        return SHA256.HashData(_text.Written);
    }

    /// <summary>What the line that was hashed last says in the lists.</summary>
    public EventFacts Facts(ReadOnlySpan<byte> line)
    {
        var (headers, stream) = (Headers(Of(line, "headers")), Said(line, "stream") ?? "");
        var commandId = headers.CommandId;
        var facts = new EventFacts
        {
            Position = Position,
            Time = Said(line, "time") ?? "",
            Actor = Again(line, "actor", ref _actor) ?? "",
            Type = Again(line, "type", ref _type) ?? "",
            Stream = stream,
            ComponentId = stream.Split('/') is ["component" or "attachment" or "execution", var componentId, ..] ? componentId : null,
            CorrelationId = Again(line, "correlationId", ref commandId),
            CausationId = Again(line, "causationId", ref commandId),
            CommandId = headers.CommandId,
            Channel = headers.Channel,
            Source = headers.Source,
            Reason = headers.Reason,
        };
        return EventData.AddTo(facts, Of(line, "data"));
    }

    /// <summary>The same text as the last time, where it is: most events share most of them.</summary>
    private string? Again(ReadOnlySpan<byte> line, string name, ref string? last)
    {
        if (!_members.ContainsKey(name)) return null;
        var reader = new Utf8JsonReader(Of(line, name));
        reader.Read();
        return reader.TokenType == JsonTokenType.String && last is not null && reader.ValueTextEquals(last) ? last : last = reader.GetString();
    }

    private (string? CommandId, string? Channel, string? Source, string? Reason) Headers(ReadOnlySpan<byte> text)
    {
        var headers = ((string?)null, (string?)null, (string?)null, (string?)null);
        var reader = new Utf8JsonReader(text);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return headers;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("commandId"u8)) headers.Item1 = EventData.Value(ref reader, text);
            else if (reader.ValueTextEquals("channel"u8)) headers.Item2 = EventData.Value(ref reader, text, ref _channel);
            else if (reader.ValueTextEquals("source"u8)) headers.Item3 = EventData.Value(ref reader, text, ref _source);
            else if (reader.ValueTextEquals("reason"u8)) headers.Item4 = EventData.Value(ref reader, text);
            else reader.Skip();
        }

        return headers;
    }

    private string? Said(ReadOnlySpan<byte> line, string name)
    {
        if (!_members.ContainsKey(name)) return null;
        var reader = new Utf8JsonReader(Of(line, name));
        reader.Read();
        return reader.GetString();
    }

    private void Split(ReadOnlySpan<byte> line)
    {
        _members.Clear();
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) throw new FormatException("it is not an object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = NameOf(ref reader);
                reader.Read();
                var begin = (int)reader.TokenStartIndex;
                reader.Skip();
                if (!_members.TryAdd(name, new(begin, (int)reader.BytesConsumed))) throw new FormatException($"it has {name} twice");
            }

            if (reader.Read()) throw new FormatException("it is more than one value");
        }
        catch (JsonException e)
        {
            throw new FormatException("it is not JSON", e);
        }
    }

    private static string NameOf(ref Utf8JsonReader reader)
    {
        foreach (var name in (ReadOnlySpan<string>)["position", "stream", "number", "eventId", "type", "time", "actor", "correlationId", "causationId", "headers", "data"])
        {
            if (reader.ValueTextEquals(name)) return name;
        }

        throw new FormatException($"it has an unknown member {reader.GetString()}");
    }

    private long Number(ReadOnlySpan<byte> line, string name)
    {
        var reader = new Utf8JsonReader(Of(line, name));
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number is >= -Documents.Most and <= Documents.Most ? number : throw new FormatException($"its {name} is not a whole number");
    }

    private void Text(ReadOnlySpan<byte> line, string name)
    {
        _text.Raw(", "u8);
        if (!_members.ContainsKey(name))
        {
            _text.Raw("null"u8);
            return;
        }

        var reader = new Utf8JsonReader(Of(line, name));
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) _text.Raw("null"u8);
        else if (reader.TokenType == JsonTokenType.String) _text.String(ref reader);
        else throw new FormatException($"its {name} is not a string");
    }

    private void Hash(ReadOnlySpan<byte> line, string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Of(line, name), hash);
        _text.Raw(", \""u8).Hex(hash).Raw("\""u8);
    }

    private ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line, string name) => _members[name] is var slice ? line[slice.Begin..slice.End] : default;

    private readonly record struct Slice(int Begin, int End);
}
