using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ProcessDeployment.Contracts.Json.Forms;

internal sealed class TextForm : Form
{
    public override void Judge(ref Utf8JsonReader reader, Problems problems)
    {
        if (reader.TokenType != JsonTokenType.String) problems.Refuse(ref reader, $"must be text, it is {Shown.Kind(reader)}");
        else if (EscapedText.Fault(reader, out _) is { } fault) problems.Add(fault);
    }
}

/// <summary>The content of a component: the one text that may be large.</summary>
internal sealed class ContentForm : Form
{
    public override void Judge(ref Utf8JsonReader reader, Problems problems)
    {
        problems.ContentLength = reader.ValueSpan.Length;
        if (reader.TokenType != JsonTokenType.String) problems.Refuse(ref reader, $"must be text, it is {Shown.Kind(reader)}");
        else if (EscapedText.Fault(reader, out var bytes) is { } fault) problems.Add(fault);
        else if (bytes > Limits.ContentBytes) problems.AddTooLarge(problems.Path(), $"must have at most {Limits.ContentBytes} bytes, it has {bytes}");
    }
}

internal sealed class IdForm : Form
{
    public const string Rule = "must be a UUID with dashes, for example 01936f1e-7c2a-7b1e-9d54-3f2a6c1b0e9d";

    public override void Judge(ref Utf8JsonReader reader, Problems problems)
    {
        if (reader.TokenType != JsonTokenType.String) problems.Refuse(ref reader, $"{Rule}, it is {Shown.Kind(reader)}");
        else if (EscapedText.Fault(reader, out _) is not null || !reader.TryGetGuid(out _)) problems.Add($"{Rule}, it is \"{Shown.Token(reader)}\"");
    }
}

internal sealed class WholeNumberForm : Form
{
    private static readonly string Rule =
        string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {int.MinValue} to {int.MaxValue}");

    public override void Judge(ref Utf8JsonReader reader, Problems problems)
    {
        if (reader.TokenType != JsonTokenType.Number) problems.Refuse(ref reader, $"{Rule}, it is {Shown.Kind(reader)}");
        else if (!reader.TryGetInt32(out _)) problems.Add($"{Rule}, it is {Shown.Token(reader)}");
    }
}

internal sealed class FlagForm : Form
{
    public override void Judge(ref Utf8JsonReader reader, Problems problems)
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            problems.Refuse(ref reader, $"must be true or false, it is {Shown.Kind(reader)}");
    }
}

internal sealed class WordForm(IReadOnlyList<string> words) : Form
{
    private readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes)];
    private readonly string _rule = $"must be one of {string.Join(", ", words)}";

    public override void Judge(ref Utf8JsonReader reader, Problems problems)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            problems.Refuse(ref reader, $"{_rule}, it is {Shown.Kind(reader)}");
            return;
        }

        foreach (var word in _words)
        {
            if (EscapedText.Is(reader, word)) return;
        }

        problems.Add($"{_rule}, it is \"{Shown.Token(reader)}\"");
    }
}
