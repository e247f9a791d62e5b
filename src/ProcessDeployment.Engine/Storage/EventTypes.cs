using System.Collections.Frozen;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;

namespace ProcessDeployment.Engine.Storage;

/// <summary>Every event type of the domain with the names it is stored under.</summary>
public static class EventTypes
{
    private static readonly FrozenDictionary<Type, EventType> ByType = typeof(DomainEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DomainEvent)) && !type.IsAbstract)
        .Select(type => new EventType(type, WireNameAttribute.Of(type), $"{type.FullName}, {type.Assembly.GetName().Name}"))
        .ToFrozenDictionary(known => known.Type);

    public static IEnumerable<EventType> All => ByType.Values;

    public static EventType Of(DomainEvent @event) => ByType[@event.GetType()];
}

/// <summary>An event type.</summary>
/// <param name="Type">The record.</param>
/// <param name="WireName">Its name in the store and outside.</param>
/// <param name="DotNetName">The name Marten notes beside it.</param>
public sealed record EventType(Type Type, string WireName, string DotNetName);
