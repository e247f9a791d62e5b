using System.Text;

namespace ProcessDeployment.AtomAgent.Runs;

/// <summary>The end of what a command says, as much as a report takes.</summary>
internal sealed class LogTail
{
    /// <summary>In UTF-16, as the engine counts.</summary>
    private const int Longest = 16_384;

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
            if (begin > 0 && char.IsLowSurrogate(_text[begin])) begin++;
            return _text.ToString(begin, _text.Length - begin).Replace('\0', ' ');
        }
    }
}
