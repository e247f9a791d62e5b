using System.Reflection;
using Marten.Events;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;

namespace ProcessDeployment.Engine.Storage;

/// <summary>Former forms of events: stored for ever, read as what they are called today.</summary>
internal static class RetiredEvents
{
    public static IEnumerable<Type> All => typeof(RetiredEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RetiredEvent)) && !type.IsAbstract);

    public static void ReadAsToday(IEventStoreOptions events, Type retired) => typeof(RetiredEvents)
        .GetMethod(nameof(Upcast), BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(retired, retired.BaseType!.GenericTypeArguments[0])
        .Invoke(null, [events]);

    private static void Upcast<TRetired, TToday>(IEventStoreOptions events)
        where TRetired : RetiredEvent<TToday>
        where TToday : DomainEvent =>
        events.Upcast<TRetired, TToday>(WireNameAttribute.Of(typeof(TRetired)), static retired => retired.Today());
}
