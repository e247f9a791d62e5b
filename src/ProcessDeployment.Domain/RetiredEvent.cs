namespace ProcessDeployment.Domain;

/// <summary>
/// The former form of an event, kept because it is stored. It has its wire name and golden sample for ever; nothing raises
/// it any more, and whoever reads it gets today's form.
/// </summary>
public abstract record RetiredEvent
{
    /// <summary>The same fact as it is told today. Nothing may be looked up for it.</summary>
    public abstract DomainEvent Upcast();
}
