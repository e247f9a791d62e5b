using System.Buffers;
using System.Collections.ObjectModel;
using System.Text.Json;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Contracts.Json;

/// <summary>Writes commands as CloudEvents, for everyone who sends some.</summary>
public static class CommandWriter
{
    /// <summary>Writes one command.</summary>
    /// <param name="id">The command id; keep it to send the same command again after a failure.</param>
    /// <param name="source">URI of the sender, for example <c>//ci/pipeline/42</c>.</param>
    /// <param name="command">The command.</param>
    /// <param name="time">When it was made, for information.</param>
    /// <param name="extensions">Other context attributes, for example <c>correlationid</c>.</param>
    /// <returns>UTF-8 JSON on one line.</returns>
    public static byte[] ToCloudEvent(Guid id, string source, Command command, DateTimeOffset? time = null, IReadOnlyDictionary<string, string>? extensions = null)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = WireJson.Options.Encoder });
        json.WriteStartObject();
        json.WriteString("specversion"u8, "1.0"u8);
        json.WriteString("id"u8, id);
        json.WriteString("source"u8, source);
        json.WriteString("type"u8, WireNameAttribute.Of(command.GetType()));
        if (time is not null) json.WriteString("time"u8, time.Value);
        json.WriteString("datacontenttype"u8, "application/json"u8);
        foreach (var (name, value) in extensions ?? ReadOnlyDictionary<string, string>.Empty) json.WriteString(name, value);
        json.WritePropertyName("data"u8);
        JsonSerializer.Serialize(json, command, command.GetType(), WireJson.Options);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }
}
