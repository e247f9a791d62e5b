using System.Text;

namespace ProcessDeployment.Fuzzing.Harness;

/// <summary>Damages what was well formed: a few bytes, a splinter of something else, or a piece of another sample.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> samples, IEnumerable<string>? words = null)
{
    private static readonly string[] Everywhere =
    [
        "\"", "\\", "\\u0000", "\\ud800", "\\u0041", "{", "}", "[", "]", ",", ":", "null", "true", "1e400", "-1", "NaN", "0", "[[[[[[[[", "{\"a\":", " ", "\t", "\n", "\r\n", "\0", "ä", "𝄞", "\u202e",
        "'; drop table mt_events; --", "../", "%00", "%", "<", ">", "&", "&#0;", "]]>", "<![CDATA[", "99999999999", "9223372036854775808", "01936F1E-7C2A-7B1E-9D54-3F2A6C1B0E9D", "0001-01-01", "9999-12-31T23:59:59Z",
    ];

    private static readonly byte[][] NoText = [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0x00, 0x00, 0xFE, 0xFF]];

    private readonly byte[][] _splinters = [.. Everywhere.Concat(words ?? []).Select(Encoding.UTF8.GetBytes), .. NoText];

    public byte[] Sample(Dice dice) => dice.Of(samples);

    /// <summary>A sample with some damage, sometimes none.</summary>
    public byte[] Damaged(Dice dice) => Damaged(Sample(dice), dice);

    public byte[] Damaged(byte[] text, Dice dice)
    {
        for (var damages = dice.Below(5); damages > 0; damages--) text = Once(text, dice);
        return text;
    }

    public string Text(Dice dice) => Encoding.UTF8.GetString(Damaged(dice));

    /// <summary>Nothing but splinters.</summary>
    public byte[] Garbage(Dice dice)
    {
        var text = new List<byte>();
        for (var pieces = dice.Below(12); pieces > 0; pieces--) text.AddRange(dice.OneIn(4) ? Piece(dice) : dice.Of(_splinters));
        return [.. text];
    }

    private byte[] Once(byte[] text, Dice dice)
    {
        var at = dice.Below(text.Length + 1);
        var end = Math.Min(text.Length, at + 1 + dice.Below(dice.OneIn(8) ? 400 : 20));
        return dice.Below(8) switch
        {
            0 => [.. text.AsSpan(0, at), .. text.AsSpan(end)],
            1 => [.. text.AsSpan(0, at), .. dice.Of(_splinters), .. text.AsSpan(at)],
            2 => [.. text.AsSpan(0, at), .. dice.Of(_splinters), .. text.AsSpan(end)],
            3 => [.. text.AsSpan(0, end), .. text.AsSpan(at)],
            4 => [.. text.AsSpan(0, at), .. Piece(dice), .. text.AsSpan(end)],
            5 => text[..at],
            6 => Repeated(text, at, end, dice),
            _ => Flipped(text, at, end, dice),
        };
    }

    private byte[] Piece(Dice dice)
    {
        var other = Sample(dice);
        var from = dice.Below(other.Length + 1);
        return other[from..Math.Min(other.Length, from + dice.Below(60))];
    }

    private static byte[] Repeated(byte[] text, int at, int end, Dice dice)
    {
        var result = new List<byte>(text[..at]);
        for (var times = dice.Below(dice.OneIn(10) ? 300 : 8); times > 0; times--) result.AddRange(text[at..end]);
        return [.. result, .. text.AsSpan(at)];
    }

    private static byte[] Flipped(byte[] text, int at, int end, Dice dice)
    {
        var result = text.ToArray();
        for (; at < end && at < result.Length; at += 1 + dice.Below(6)) result[at] ^= (byte)(1 << dice.Below(8));
        return result;
    }
}
