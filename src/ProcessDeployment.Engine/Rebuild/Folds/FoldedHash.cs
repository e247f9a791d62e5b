using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ProcessDeployment.Engine.Rebuild.Folds;

/// <summary>A content hash by value, a fifth of what it takes as text.</summary>
internal readonly record struct FoldedHash
{
    private const int Size = 32;
    private readonly UInt128 _first;
    private readonly UInt128 _second;

    public FoldedHash(string text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        // What is no hash in hexadecimal digits is told from others all the same.
        if (text.Length != 2 * Size || Convert.FromHexString(text, bytes, out _, out _) != OperationStatus.Done) SHA256.HashData(Encoding.UTF8.GetBytes(text), bytes);
        (_first, _second) = (MemoryMarshal.Read<UInt128>(bytes), MemoryMarshal.Read<UInt128>(bytes[(Size / 2)..]));
    }
}
