using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Contracts.Json;

/// <summary>
/// Tells whether a repeated command id brings the same command: SHA-256 over type and data in <see cref="CanonicalJson"/>,
/// account and actor filled in. Kept for ever beside every outcome, so the same command must give the same bytes for ever.
/// </summary>
public static class Fingerprint
{
    /// <summary>Computes the fingerprint of a command.</summary>
    /// <param name="command">A command with account and actor.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] Of(Command command)
    {
        var canonical = new ArrayBufferWriter<byte>(512);
        WriteCanonical(command, canonical);
        return SHA256.HashData(canonical.WrittenSpan);
    }

    /// <summary>The text that is hashed.</summary>
    /// <param name="command">A command with account and actor.</param>
    /// <param name="output">Where to.</param>
    public static void WriteCanonical(Command command, IBufferWriter<byte> output)
    {
        using var data = JsonSerializer.SerializeToDocument(command, command.GetType(), WireJson.Options);
        output.Write("{\"data\":"u8);
        CanonicalJson.Write(data.RootElement, output);
        output.Write(",\"type\":\""u8);
        Encoding.UTF8.GetBytes(WireNameAttribute.Of(command.GetType()).AsSpan(), output);
        output.Write("\"}"u8);
    }
}
