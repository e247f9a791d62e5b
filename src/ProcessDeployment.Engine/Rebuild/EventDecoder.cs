using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>Reads stored events as the event store does, former forms as what they are called today; without it, since it is asked a million times.</summary>
internal sealed class EventDecoder
{
    private readonly RetiredEvents _retired;
    private readonly FrozenDictionary<string, JsonTypeInfo> _stored;

    public EventDecoder(RetiredEvents retired)
        : this(retired, WireJson.Options)
    {
    }

    private EventDecoder(RetiredEvents retired, JsonSerializerOptions options)
    {
        _retired = retired;
        _stored = EventTypes.All.Select(known => KeyValuePair.Create(known.WireName, known.Type)).Concat(retired.ByName)
            .ToFrozenDictionary(stored => stored.Key, stored => (stored.Value.IsSubclassOf(typeof(RetiredEvent)) ? WireJson.Options : options).GetTypeInfo(stored.Value), StringComparer.Ordinal);
    }

    /// <summary>
    /// One that makes of events only what is wanted; other members are as if nobody had said them, also where they could not
    /// be read. Former forms are read whole, since what is made of them may look at anything.
    /// </summary>
    public EventDecoder Only(WantedEvents wanted) => new(_retired, wanted.Options());

    /// <summary>Under which names events are stored that nobody wants, today and formerly.</summary>
    public IReadOnlyCollection<string> NamesBut(WantedEvents wanted) =>
        [.. _stored.Where(stored => !wanted.Contains(TodayOf(stored.Value.Type))).Select(stored => stored.Key).Order(StringComparer.Ordinal)];

    /// <summary>The type of events that are stored under a name; null for a name that is not known.</summary>
    public Type? TypeOf(string name) => _stored.GetValueOrDefault(name)?.Type;

    /// <summary>All names under which events are stored, today and formerly.</summary>
    public IEnumerable<string> Names => _stored.Keys;

    /// <summary>Why an event cannot be read; null when it can.</summary>
    public string? ProblemWith(string type, string body)
    {
        Read(type, body, out var problem);
        return problem;
    }

    /// <summary>Null, and why, when it cannot be read.</summary>
    public DomainEvent? Read(string type, string body, out string? problem)
    {
        try
        {
            problem = null;
            return Read(type, System.Text.Encoding.UTF8.GetBytes(body));
        }
        catch (RebuildException e)
        {
            problem = e.Message;
            return null;
        }
    }

    /// <exception cref="RebuildException">The event is of no type that is known, or its body is not one of its type.</exception>
    public DomainEvent Read(string type, ReadOnlySpan<byte> body)
    {
        if (!_stored.TryGetValue(type, out var stored)) throw new RebuildException($"no event of type {type} is known");
        try
        {
            return JsonSerializer.Deserialize(body, stored) switch
            {
                DomainEvent happened => happened,
                RetiredEvent former => former.Upcast(),
                _ => throw new RebuildException($"its body is no {type}"),
            };
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new RebuildException($"its body is no {type}: {e.Message}", e);
        }
    }

    private static Type TodayOf(Type stored) => stored.IsSubclassOf(typeof(RetiredEvent)) ? RetiredEvents.TodayOf(stored) : stored;
}
