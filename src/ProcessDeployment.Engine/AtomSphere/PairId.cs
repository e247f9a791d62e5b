using System.Buffers;
using System.Buffers.Text;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>The id of what there is for two others, such as a Process on an Atom: both of their ids in one text, so that nothing has to be kept for it.</summary>
internal static class PairId
{
    private const int Half = 16;

    public static string Of(Guid first, Guid second)
    {
        Span<byte> both = stackalloc byte[2 * Half];
        first.TryWriteBytes(both, bigEndian: true, out _);
        second.TryWriteBytes(both[Half..], bigEndian: true, out _);
        return Base64Url.EncodeToString(both);
    }

    /// <summary>The two ids; null for what is no such id.</summary>
    public static (Guid First, Guid Second)? Read(string id)
    {
        Span<byte> both = stackalloc byte[2 * Half];
        if (Base64Url.DecodeFromChars(id, both, out _, out var written) != OperationStatus.Done || written != both.Length) return null;
        var (first, second) = (new Guid(both[..Half], bigEndian: true), new Guid(both[Half..], bigEndian: true));
        // One thing has one id, in one way of writing.
        return Of(first, second) == id ? (first, second) : null;
    }

    /// <summary>The key of objects that are there for two others.</summary>
    public static object[]? KeyOf(string id) => Read(id) is var (first, second) ? [first, second] : null;
}
