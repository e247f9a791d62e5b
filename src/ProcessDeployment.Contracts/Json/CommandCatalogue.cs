using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json.Forms;

namespace ProcessDeployment.Contracts.Json;

/// <summary>Every command, by wire name.</summary>
public static class CommandCatalogue
{
    private static readonly FrozenDictionary<string, CommandType> ByName = typeof(Command).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Command)) && !type.IsAbstract)
        .Select(type => new CommandType(WireNameAttribute.Of(type), type))
        .ToFrozenDictionary(type => type.WireName, StringComparer.Ordinal);

    /// <summary>All of them, ordered by wire name.</summary>
    public static IReadOnlyList<CommandType> All { get; } = [.. ByName.Values.OrderBy(type => type.WireName, StringComparer.Ordinal)];

    /// <summary>The command of a wire name.</summary>
    /// <param name="wireName">For example <c>processdeployment.attach-atoms.v1</c>.</param>
    /// <returns>Null when there is none.</returns>
    public static CommandType? Find(string wireName) => ByName.GetValueOrDefault(wireName);

    /// <summary>Whether a wire name that <see cref="Find"/> does not know is a known command in a higher version than any known here.</summary>
    /// <param name="wireName">For example <c>processdeployment.attach-atoms.v2</c>.</param>
    public static bool IsNewer(string wireName)
    {
        var (name, version) = Split(wireName);
        return version > 0 && All.Select(type => Split(type.WireName)).Where(known => known.Name == name).Select(known => known.Number).DefaultIfEmpty(int.MaxValue).Max() < version;
    }

    /// <summary>The rule to tell the sender of a command that is newer than this node.</summary>
    /// <param name="wireName">A wire name that <see cref="IsNewer"/>.</param>
    public static string NewerRule(string wireName) => $"is newer than what this node knows: \"{Shown.Text(wireName)}\"; it can be read once the node is upgraded{NearMatch.Hint(wireName, ByName.Keys)}";

    /// <summary>The rule to tell the sender of an unknown wire name, with the known ones that look like it.</summary>
    /// <param name="wireName">A wire name that <see cref="Find"/> does not know.</param>
    public static string UnknownRule(string wireName) =>
        $"is not a command this version knows: \"{Shown.Text(wireName)}\"{NearMatch.Hint(wireName, ByName.Keys)}";

    /// <summary>For example <c>processdeployment.attach-atoms.v</c> and 2; 0 where there is no number.</summary>
    private static (string Name, int Number) Split(string wireName)
    {
        var name = wireName.TrimEnd("0123456789".ToCharArray());
        return name.EndsWith(".v", StringComparison.Ordinal) && int.TryParse(wireName.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (name, number) : (name, 0);
    }
}

/// <summary>A command as a type of message.</summary>
public sealed class CommandType
{
    private readonly Lazy<Form> _form;
    private readonly Lazy<JsonTypeInfo> _json;

    internal CommandType(string wireName, Type type)
    {
        WireName = wireName;
        Type = type;
        _form = new(() => FormBuilder.Of(type));
        _json = new(() => WireJson.StrictOptions.GetTypeInfo(type));
    }

    /// <summary>Its wire name, for example <c>processdeployment.attach-atoms.v1</c>.</summary>
    public string WireName { get; }

    /// <summary>Its record.</summary>
    public Type Type { get; }

    internal Form Form => _form.Value;

    internal JsonTypeInfo Json => _json.Value;
}
