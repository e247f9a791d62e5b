using System.Globalization;
using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Identity.Settings;

/// <summary>A part of the configuration in which nothing is passed over: a slip in a name would otherwise leave a door open.</summary>
internal sealed class StrictSection(IConfigurationSection section)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The first that is set; null when none is.</summary>
    public string? First => section.GetChildren().FirstOrDefault(IsSet)?.Key;

    public string? Text(string name)
    {
        _known.Add(name);
        return string.IsNullOrWhiteSpace(section[name]) ? null : section[name]!.Trim();
    }

    public bool Flag(string name) => Text(name) switch
    {
        null => false,
        var text when text.Equals("on", StringComparison.OrdinalIgnoreCase) => true,
        var text when text.Equals("off", StringComparison.OrdinalIgnoreCase) => false,
        var text => throw Wrong(name, text, "must be on or off"),
    };

    public TimeSpan? Time(string name) => Text(name) is not { } text ? null
        : TimeSpan.TryParseExact(text, ["c", @"h\:mm", @"hh\:mm"], CultureInfo.InvariantCulture, out var time) ? time
        : throw Wrong(name, text, "must be a time such as 08:00:00");

    public int? Count(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count
        : throw Wrong(name, text, "must be a whole number of at least 1");

    /// <summary>One after another, or numbered.</summary>
    public IReadOnlyList<string> List(string name)
    {
        _known.Add(name);
        var numbered = section.GetSection(name).GetChildren().Select(child => child.Value).OfType<string>().ToList();
        return numbered.Count > 0 ? numbered : section[name]?.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
    }

    public void RefuseOthers()
    {
        if (section.GetChildren().FirstOrDefault(child => IsSet(child) && !_known.Contains(child.Key)) is { } other)
            throw new EngineStartException($"{section.Key}__{other.Key} is no setting of the engine. There are: {string.Join(", ", _known.Order(StringComparer.Ordinal).Select(name => $"{section.Key}__{name}"))}.");
    }

    private static bool IsSet(IConfigurationSection setting) => !string.IsNullOrWhiteSpace(setting.Value) || setting.GetChildren().Any();

    private EngineStartException Wrong(string name, string text, string rule) => new($"{section.Key}__{name} {rule}; it is \"{text}\".");
}
