using System.Globalization;

namespace ProcessDeployment.Client;

/// <summary>Query parameters; those without a value are left out.</summary>
internal sealed record Query(string Text)
{
    public static Query None { get; } = new("");

    public static Query Of(string name, object? value) => None.With(name, value);

    public Query With(string name, object? value)
    {
        var text = value switch
        {
            null => null,
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
        return string.IsNullOrEmpty(text) ? this : new($"{Text}{(Text.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(text)}");
    }

    public override string ToString() => Text;
}
