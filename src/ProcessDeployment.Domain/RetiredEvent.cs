namespace ProcessDeployment.Domain;

/// <summary>
/// The former form of an event, kept because it is stored. It has its wire name and golden sample for ever; nothing raises
/// it any more, and whoever reads it gets today's form.
/// </summary>
public abstract record RetiredEvent
{
    private protected RetiredEvent() { }

    /// <summary>The same fact as it is told today.</summary>
    public abstract DomainEvent Upcast();
}

/// <summary>The former form of <typeparamref name="TToday"/>.</summary>
public abstract record RetiredEvent<TToday> : RetiredEvent
    where TToday : DomainEvent
{
    /// <summary>The same fact as it is told today. Nothing may be looked up for it.</summary>
    public abstract TToday Today();

    public sealed override DomainEvent Upcast() => Today();
}
