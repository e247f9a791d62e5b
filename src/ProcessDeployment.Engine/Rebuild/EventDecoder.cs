using System.Collections.Frozen;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>Reads stored events as the event store does, former forms as what they are called today; without it, since it is asked a million times.</summary>
internal static class EventDecoder
{
    private static readonly FrozenDictionary<string, Type> Stored = EventTypes.All.Select(known => (known.WireName, known.Type))
        .Concat(RetiredEvents.All.Select(retired => (WireName: WireNameAttribute.Of(retired), Type: retired)))
        .ToFrozenDictionary(known => known.WireName, known => known.Type, StringComparer.Ordinal);

    /// <summary>Under which names events of these types are stored, today and formerly.</summary>
    public static IEnumerable<string> NamesOf(IReadOnlyCollection<Type> types) => Stored
        .Where(stored => types.Contains(stored.Value) || (stored.Value.IsSubclassOf(typeof(RetiredEvent)) && types.Contains(stored.Value.BaseType!.GenericTypeArguments[0])))
        .Select(stored => stored.Key).Order(StringComparer.Ordinal);

    /// <summary>The type of events that are stored under a name; null for a name that is not known.</summary>
    public static Type? TypeOf(string name) => Stored.GetValueOrDefault(name);

    /// <summary>All names under which events are stored, today and formerly.</summary>
    public static IEnumerable<string> Names => Stored.Keys;

    /// <summary>Why an event cannot be read; null when it can.</summary>
    public static string? ProblemWith(string type, string body)
    {
        try
        {
            Read(type, System.Text.Encoding.UTF8.GetBytes(body));
            return null;
        }
        catch (RebuildException e)
        {
            return e.Message;
        }
    }

    /// <exception cref="RebuildException">The event is of no type that is known, or its body is not one of its type.</exception>
    public static DomainEvent Read(string type, ReadOnlySpan<byte> body)
    {
        if (!Stored.TryGetValue(type, out var stored)) throw new RebuildException($"no event of type {type} is known");
        try
        {
            return JsonSerializer.Deserialize(body, stored, WireJson.Options) switch
            {
                DomainEvent happened => happened,
                RetiredEvent retired => retired.Upcast(),
                _ => throw new RebuildException($"its body is no {type}"),
            };
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new RebuildException($"its body is no {type}: {e.Message}", e);
        }
    }
}
