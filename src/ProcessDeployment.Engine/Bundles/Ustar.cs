using System.Text;

namespace ProcessDeployment.Engine.Bundles;

/// <summary>
/// Headers of an archive in the format of POSIX.1-1988 (ustar), written by hand: the bytes of a bundle must be the same on
/// every node for ever, whatever a library writes one day.
/// </summary>
internal static class Ustar
{
    public const int Block = 512;

    /// <summary>Two empty blocks.</summary>
    public static byte[] End { get; } = new byte[2 * Block];

    /// <summary>A plain file of nobody's, as of no time.</summary>
    public static byte[] Header(string name, long length)
    {
        var header = new byte[Block];
        Put(0, name);
        Put(100, "0000644");
        Put(108, "0000000");
        Put(116, "0000000");
        Put(124, Octal(length, 11));
        Put(136, Octal(0, 11));
        Put(148, "        ");
        Put(156, "0");
        Put(257, "ustar\0" + "00");
        Put(329, "0000000");
        Put(337, "0000000");
        Put(148, Octal(header.Sum(octet => octet), 6) + "\0 ");
        return header;

        void Put(int at, string text) => Encoding.ASCII.GetBytes(text, header.AsSpan(at));
    }

    /// <summary>What fills the last block of a file.</summary>
    public static byte[] Padding(long length) => new byte[(Block - (length % Block)) % Block];

    private static string Octal(long value, int digits) => Convert.ToString(value, 8).PadLeft(digits, '0');
}
