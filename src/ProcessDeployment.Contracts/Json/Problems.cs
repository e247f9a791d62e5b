using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ProcessDeployment.Contracts.Json;

/// <summary>Collects what is wrong with one message, and knows the path of the member that is being looked at.</summary>
internal sealed class Problems
{
    /// <summary>Whole message, where no member can be named.</summary>
    public const string Body = "body";

    private const int Most = 20;
    private readonly List<MemberError> _errors = [];
    private readonly Stack<(string? Name, int Index)> _path = [];

    public IReadOnlyList<MemberError> Errors => _errors;

    public bool None => _errors.Count == 0;

    /// <summary>How many there are, those too that are not told.</summary>
    public int Found { get; private set; }

    public bool TooLarge { get; private set; }

    /// <summary>How much of the message is content as it was written; the limit for the rest does not count it.</summary>
    public int ContentLength { get; set; }

    public void Enter(string name) => _path.Push((name, 0));

    public void Enter(int index) => _path.Push((null, index));

    public void Leave() => _path.Pop();

    public void Add(string rule) => Add(Path(), rule);

    public void Add(string member, string rule)
    {
        Found++;
        if (_errors.Count < Most) _errors.Add(new(member, rule));
    }

    public void AddTooLarge(string member, string rule)
    {
        TooLarge = true;
        Add(member, rule);
    }

    /// <summary>Refuses the value the reader stands on and passes over it.</summary>
    public void Refuse(ref Utf8JsonReader reader, string rule)
    {
        Add(rule);
        reader.Skip();
    }

    /// <summary>Says where the text stops being JSON.</summary>
    public void AddSyntax(in Utf8JsonReader reader, ReadOnlySpan<byte> text, JsonException error)
    {
        var depth = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);
        var tooDeep = depth >= reader.CurrentState.Options.MaxDepth
            && text[(int)reader.BytesConsumed..].TrimStart(" \t\r\n,:"u8) is [(byte)'{' or (byte)'[', ..];
        Add(tooDeep
            ? $"must not be nested deeper than {Limits.JsonDepth} levels"
            : string.Create(CultureInfo.InvariantCulture, $"is not valid JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}"));
    }

    /// <summary>Name of the member that is being looked at.</summary>
    public string Name() => _path.Peek().Name ?? "";

    public string Path()
    {
        var path = new StringBuilder();
        foreach (var (name, index) in _path.Reverse())
        {
            if (name is null) path.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else path.Append(path.Length > 0 ? "." : "").Append(name);
        }

        return path.Length > 0 ? path.ToString() : Body;
    }
}
