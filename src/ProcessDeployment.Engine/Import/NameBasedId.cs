using System.Security.Cryptography;
using System.Text;

namespace ProcessDeployment.Engine.Import;

/// <summary>UUID version 5 (RFC 9562, 5.5): the same name in the same namespace always gives the same id.</summary>
public static class NameBasedId
{
    /// <summary>Namespace of components whose export carries no id; their name is folder, slash, name.</summary>
    public static readonly Guid ComponentsWithoutId = new("8f2c5f0e-58a3-4a52-9c0a-6c3a2f0d9b41");

    /// <summary>Namespace of the commands an import sends.</summary>
    public static readonly Guid ImportCommands = new("5b0f0c1d-7f0e-4d6c-8b57-2d1f6f3f4a70");

    public static Guid Of(Guid @namespace, string name)
    {
        var bytes = Encoding.UTF8.GetByteCount(name) is var length && length > 0 ? new byte[16 + length] : new byte[16];
        @namespace.TryWriteBytes(bytes, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, bytes.AsSpan(16));
#pragma warning disable CA5350 // The RFC prescribes SHA-1; it names things here and protects nothing.
        Span<byte> hash = SHA1.HashData(bytes).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
