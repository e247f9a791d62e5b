using System.Text.Json;

namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>What a checkpoint says of itself: its number, and over which heads it is.</summary>
internal static class PublishedNumber
{
    public static long Of(Dsse checkpoint) => Read(checkpoint, payload => payload.GetProperty("number").GetInt64());

    public static (long Accounts, byte[] Root) HeadsOf(Dsse checkpoint) =>
        Read(checkpoint, payload => (payload.GetProperty("accounts").GetInt64(), Convert.FromHexString(payload.GetProperty("root").GetString() ?? "")));

    private static T Read<T>(Dsse checkpoint, Func<JsonElement, T> read)
    {
        try
        {
            using var payload = JsonDocument.Parse(checkpoint.Payload);
            return read(payload.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new SealingException("The last checkpoint does not say what a checkpoint says.", e);
        }
    }
}
