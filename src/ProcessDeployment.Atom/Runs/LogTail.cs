using System.Text;

namespace ProcessDeployment.AtomAgent.Runs;

/// <summary>The end of what a command says, as much as a report takes.</summary>
internal sealed class LogTail
{
    /// <summary>In UTF-16, as the engine counts.</summary>
    private const int Longest = 16_384;

    /// <summary>As it is sent: what else a report says fits beside it in the 64 KiB that the engine takes.</summary>
    private const int MostBytes = 48 * 1024;

    /// <summary>What one UTF-16 unit takes at most, as <c>\u001b</c> does.</summary>
    private const int BytesOfOne = 6;

    private const int Piece = 4_096;

    private readonly StringBuilder _text = new();

    public async Task FollowAsync(TextReader reader)
    {
        var buffer = new char[Piece];
        while (await reader.ReadAsync(buffer) is var count and > 0)
        {
            lock (_text)
            {
                _text.Append(buffer, 0, count);
                if (_text.Length > 4 * Longest) _text.Remove(0, _text.Length - Longest);
            }
        }
    }

    /// <summary>Null where it said nothing.</summary>
    public string? Text()
    {
        lock (_text)
        {
            if (_text.Length == 0) return null;
            var begin = Math.Max(0, _text.Length - Longest);
            var text = EndOf(_text.ToString(begin, _text.Length - begin).Replace('\0', ' '), Longest);
            // Never more than must go: what goes takes no more than that.
            while (EngineClient.BytesOf(text) - MostBytes is var over and > 0) text = EndOf(text, text.Length - (over / BytesOfOne) - 1);
            return text;
        }
    }

    /// <summary>The end of a text, without half of a pair.</summary>
    public static string EndOf(string text, int most)
    {
        var begin = Math.Max(0, text.Length - most);
        if (begin < text.Length && char.IsLowSurrogate(text[begin])) begin++;
        return text[begin..];
    }
}
