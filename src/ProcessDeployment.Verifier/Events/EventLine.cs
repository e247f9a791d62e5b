using System.Security.Cryptography;
using System.Text.Json;
using ProcessDeployment.Verifier.Lists;
using ProcessDeployment.Verifier.Trees;

namespace ProcessDeployment.Verifier.Events;

/// <summary>A line of <c>events.jsonl</c>, and what was sealed of it.</summary>
internal sealed class EventLine(string accountId)
{
    private static readonly string[] Required = ["position", "stream", "number", "eventId", "type", "time", "actor", "headers", "data"];

    private readonly CanonicalText _text = new();
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

        Position = Number(line, "position");
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
        using var document = JsonDocument.Parse(Of(line, "headers").ToArray());
        var headers = document.RootElement;
        var facts = new EventFacts
        {
            Position = Position,
            Time = Said(line, "time") ?? "",
            Actor = Said(line, "actor") ?? "",
            Type = Said(line, "type") ?? "",
            Stream = Said(line, "stream") ?? "",
            CorrelationId = Said(line, "correlationId"),
            CausationId = Said(line, "causationId"),
            CommandId = headers.Said("commandId"),
            Channel = headers.Said("channel"),
            Source = headers.Said("source"),
            Reason = headers.Said("reason"),
        };
        return EventData.AddTo(facts, Of(line, "data").ToArray());
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
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : throw new FormatException($"its {name} is not a whole number");
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
