using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>The id of what a Process has by number: the id of the Process and the number in one text. Versions have their number, deployments the position at which they were made.</summary>
internal static class PackedId
{
    private const int Number = 16;
    private const int Length = Number + sizeof(long);

    public static string Of(Guid processId, long number)
    {
        Span<byte> both = stackalloc byte[Length];
        processId.TryWriteBytes(both, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(both[Number..], number);
        return Base64Url.EncodeToString(both);
    }

    /// <summary>Null for what is no such id.</summary>
    public static (Guid ProcessId, long Number)? Read(string id)
    {
        Span<byte> both = stackalloc byte[Length];
        if (Base64Url.DecodeFromChars(id, both, out _, out var written) != OperationStatus.Done || written != both.Length) return null;
        var read = (new Guid(both[..Number], bigEndian: true), BinaryPrimitives.ReadInt64BigEndian(both[Number..]));
        // One thing has one id, in one way of writing.
        return Of(read.Item1, read.Item2) == id ? read : null;
    }

    public static object[]? KeyOf(string id) => Read(id) is var (processId, number) ? [processId, number] : null;
}
