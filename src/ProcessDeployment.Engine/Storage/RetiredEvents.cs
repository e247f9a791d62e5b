using System.Collections.Frozen;
using System.Reflection;
using Marten.Events;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;

namespace ProcessDeployment.Engine.Storage;

/// <summary>
/// Former forms of events: stored for ever, read as what they are called today. Code reads them by their records, SQL by the
/// functions <c>event_type_today</c> and <c>event_today</c>, which say the same a second time.
/// </summary>
public sealed class RetiredEvents(IEnumerable<Type> types)
{
    private static readonly MethodInfo UpcastMethod = typeof(RetiredEvents).GetMethod(nameof(Upcast), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly FrozenDictionary<string, Type> _byName = types.ToFrozenDictionary(WireNameAttribute.Of, StringComparer.Ordinal);

    public static RetiredEvents OfTheDomain { get; } = new(typeof(RetiredEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RetiredEvent)) && !type.IsAbstract));

    /// <summary>The former forms by the names they are stored under.</summary>
    public IReadOnlyDictionary<string, Type> ByName => _byName;

    /// <summary>What a former form is read as.</summary>
    public static Type TodayOf(Type retired) => retired.BaseType!.GenericTypeArguments[0];

    /// <summary>Has Marten read all of them as what they are called today.</summary>
    public void ReadAsToday(IEventStoreOptions events)
    {
        foreach (var retired in _byName.Values) UpcastMethod.MakeGenericMethod(retired, TodayOf(retired)).Invoke(null, [events]);
    }

    private static void Upcast<TRetired, TToday>(IEventStoreOptions events)
        where TRetired : RetiredEvent<TToday>
        where TToday : DomainEvent =>
        events.Upcast<TRetired, TToday>(WireNameAttribute.Of(typeof(TRetired)), static retired => retired.Today());
}
