using System.Text.Json;

namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>The number that a published checkpoint says it has.</summary>
internal static class PublishedNumber
{
    public static long Of(Dsse checkpoint)
    {
        try
        {
            using var payload = JsonDocument.Parse(checkpoint.Payload);
            return payload.RootElement.GetProperty("number").GetInt64();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new SealingException("The last of the published checkpoints says no number.", e);
        }
    }
}
