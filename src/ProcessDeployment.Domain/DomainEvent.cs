using ProcessDeployment.Domain.Attachments;

namespace ProcessDeployment.Domain;

/// <summary>
/// Something that happened. Who, when, where from and why are kept beside it (account, position, actor, command id,
/// correlation, causation, reason, database time), so that an event says only what changed.
/// </summary>
public abstract record DomainEvent
{
    /// <summary>The stream this event belongs to.</summary>
    public abstract string StreamName();
}

/// <summary>One stream per component, per Atom, per environment, per Process on an Atom, per execution, and for an account one for its licences, one for what is done with its records, one for who may do what. The prefix keeps ids of different kinds apart.</summary>
public static class StreamNames
{
    public const string Licences = "licences";

    /// <summary>What was done with the records of the account.</summary>
    public const string Operations = "operations";

    /// <summary>Who may do what, and what was denied.</summary>
    public const string Access = "access";

    /// <summary>Whether the account uses environments.</summary>
    public const string Environments = "environments";

    public static string Component(Guid componentId) => $"component/{componentId}";

    /// <summary>A Process on an Atom.</summary>
    public static string Attachment(AttachmentKey key) => $"attachment/{key.ProcessId}/{key.AtomId}";

    /// <summary>One run; the Process comes first, so that whoever sees the name knows what it is about.</summary>
    public static string Execution(Guid processId, Guid executionId) => $"execution/{processId}/{executionId}";

    public static string Webhook(Guid webhookId) => $"webhook/{webhookId}";

    public static string Atom(Guid atomId) => $"atom/{atomId}";

    public static string Environment(Guid environmentId) => $"environment/{environmentId}";
}
