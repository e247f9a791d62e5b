using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain;

/// <summary>What the domain answers to a command.</summary>
public sealed record Decision
{
    private Decision() { }

    public required OutcomeStatus Status { get; init; }

    public IReadOnlyList<DomainEvent> Events { get; private init; } = [];

    public IReadOnlyList<Warning> Warnings { get; private init; } = [];

    public Refusal? Refusal { get; private init; }

    /// <summary>What the command does to the licences, or would do were it not refused; null where nobody asked.</summary>
    public LicenceAudit? Audit { get; private init; }

    public static readonly Decision Unchanged = new() { Status = OutcomeStatus.Unchanged };

    public static Decision Accepted(params IEnumerable<DomainEvent> events) => new() { Status = OutcomeStatus.Accepted, Events = [.. events] };

    /// <summary>A refusal; <paramref name="events"/> are the attempts that auditors ask about.</summary>
    public static Decision Refused(Refusal refusal, params IEnumerable<DomainEvent> events) =>
        new() { Status = OutcomeStatus.Refused, Refusal = refusal, Events = [.. events] };

    public Decision With(params IEnumerable<Warning> warnings) => this with { Warnings = [.. Warnings, .. warnings] };

    public Decision Audited(LicenceAudit audit) => this with { Audit = audit };

    public static implicit operator Decision(DomainEvent @event) => Accepted(@event);

    public static implicit operator Decision(Refusal refusal) => Refused(refusal);
}

/// <summary>A rule stands against a command. A refusal is an answer, not an exception.</summary>
public sealed record Refusal(string Code, string Message, RefusalDetails? Details = null);
