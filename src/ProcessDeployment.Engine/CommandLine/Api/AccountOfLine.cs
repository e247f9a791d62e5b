using System.Text;
using System.Text.Json;

namespace ProcessDeployment.Engine.CommandLine.Api;

/// <summary>Says in a line of JSON for which account it is.</summary>
internal static class AccountOfLine
{
    /// <summary>Puts the account into the data of a CloudEvent that names none; all else of its text stays as it is.</summary>
    /// <param name="line">A JSON object.</param>
    /// <param name="account">The account.</param>
    /// <param name="mistake">Set when it names another.</param>
    public static ReadOnlyMemory<byte> Put(ReadOnlyMemory<byte> line, string account, out string? mistake)
    {
        mistake = null;
        try
        {
            return PutIntoEvent(line, account, out mistake);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which is no text: the engine says so.
            return line;
        }
    }

    private static ReadOnlyMemory<byte> PutIntoEvent(ReadOnlyMemory<byte> line, string account, out string? mistake)
    {
        mistake = null;
        var reader = new Utf8JsonReader(line.Span, JsonLines.Reading);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isData = reader.ValueTextEquals("data"u8);
            reader.Read();
            if (isData && reader.TokenType == JsonTokenType.StartObject) return PutIntoData(line, ref reader, account, out mistake);
            reader.Skip();
        }

        // Without data it is malformed, and the engine says so.
        return line;
    }

    private static ReadOnlyMemory<byte> PutIntoData(ReadOnlyMemory<byte> line, ref Utf8JsonReader reader, string account, out string? mistake)
    {
        mistake = null;
        var (start, isEmpty) = ((int)reader.BytesConsumed, true);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            var isAccount = reader.ValueTextEquals("accountId"u8);
            reader.Read();
            if (isAccount)
            {
                if (reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals(account)) mistake = $"data.accountId must be {account}, as --account says";
                return line;
            }

            reader.Skip();
        }

        return (byte[])[.. line.Span[..start], .. Encoding.UTF8.GetBytes($"\"accountId\":{JsonSerializer.Serialize(account)}{(isEmpty ? "" : ",")}"), .. line.Span[start..]];
    }
}
