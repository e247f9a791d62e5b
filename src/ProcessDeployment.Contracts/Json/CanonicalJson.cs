using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ProcessDeployment.Contracts.Json;

/// <summary>
/// The one byte form of a JSON value (after RFC 8785): members ordered by the bytes of their names, no nulls among them, no
/// whitespace, text as UTF-8 with only the escapes that must be. Hashes are kept for ever, so nothing here may depend on
/// what the framework's writer does. Numbers keep their text; ours are whole.
/// </summary>
public static class CanonicalJson
{
    /// <summary>Writes a value in its canonical form.</summary>
    /// <param name="value">Any JSON value.</param>
    /// <param name="output">Where to.</param>
    public static void Write(JsonElement value, IBufferWriter<byte> output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: WriteObject(value, output); break;
            case JsonValueKind.Array: WriteArray(value, output); break;
            case JsonValueKind.String: WriteText(value, output); break;
            default: output.Write(JsonMarshal.GetRawUtf8Value(value)); break;
        }
    }

    private static void WriteObject(JsonElement value, IBufferWriter<byte> output)
    {
        var members = ArrayPool<JsonProperty>.Shared.Rent(value.GetPropertyCount());
        var count = 0;
        foreach (var member in value.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null) members[count++] = member;
        }

        members.AsSpan(0, count).Sort(static (a, b) => Name(a).SequenceCompareTo(Name(b)));
        output.Write("{"u8);
        for (var i = 0; i < count; i++)
        {
            output.Write(i == 0 ? "\""u8 : ",\""u8);
            output.Write(Name(members[i]));
            output.Write("\":"u8);
            Write(members[i].Value, output);
        }

        output.Write("}"u8);
        ArrayPool<JsonProperty>.Shared.Return(members, clearArray: true);
    }

    private static void WriteArray(JsonElement value, IBufferWriter<byte> output)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first) output.Write(","u8);
            first = false;
            Write(item, output);
        }

        output.Write("]"u8);
    }

    private static void WriteText(JsonElement value, IBufferWriter<byte> output)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.Contains((byte)'\\')) CanonicalText.Write(raw, output);
        else output.Write(raw);
    }

    private static ReadOnlySpan<byte> Name(JsonProperty member)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(member);
        return name.Contains((byte)'\\') ? throw new NotSupportedException("Canonical JSON has no escapes in member names.") : name;
    }
}
