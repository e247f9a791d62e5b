using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>A type of event, or of a part of events, that somebody looks at. A part that nobody names is made whole.</summary>
/// <param name="Type">The type.</param>
/// <param name="Members">What is looked at of it; none named: all.</param>
internal sealed record Wanted(Type Type, params IReadOnlyList<string> Members);

/// <summary>
/// What is looked at of events: the rest is not made. Most of what a deployment says is about licences and names that few
/// read models keep, and making it a million times is most of what reading a million deployments costs.
/// </summary>
internal sealed class WantedEvents(IEnumerable<Wanted> wanted)
{
    private readonly Dictionary<Type, HashSet<string>> _members = wanted.GroupBy(one => one.Type)
        .ToDictionary(type => type.Key, type => type.Any(one => one.Members.Count == 0) ? [] : type.SelectMany(one => one.Members).ToHashSet(StringComparer.Ordinal));

    public bool Contains(Type type) => _members.ContainsKey(type);

    public JsonSerializerOptions Options()
    {
        // A jsonb has each member once: looking for duplicates is over since it was stored.
        var options = new JsonSerializerOptions(WireJson.Options) { AllowDuplicateProperties = true };
        options.TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(Narrow);
        options.MakeReadOnly();
        return options;
    }

    private void Narrow(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || !_members.TryGetValue(type.Type, out var members) || members.Count == 0) return;
        foreach (var unwanted in type.Properties.Where(property => property.AttributeProvider is MemberInfo member && !members.Contains(member.Name)).ToList()) type.Properties.Remove(unwanted);
    }
}
