using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProcessDeployment.Engine.Webhooks;

/// <summary>Signs as the specification Standard Webhooks says, so that its libraries check it: HMAC-SHA256 over id, time and body.</summary>
internal static class WebhookSignature
{
    private const string Prefix = "whsec_";

    public static void Sign(HttpRequestMessage request, string id, DateTimeOffset now, byte[] body, string secret)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var key = secret.StartsWith(Prefix, StringComparison.Ordinal) ? Convert.FromBase64String(secret[Prefix.Length..]) : Encoding.UTF8.GetBytes(secret);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var signature = HMACSHA256.HashData(key, signed);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
    }
}
