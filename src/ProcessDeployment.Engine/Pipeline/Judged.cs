using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>A command with what became of it, about to be written.</summary>
internal sealed record Judged(IncomingCommand Command, Decision Decision, IReadOnlyList<PlacedEvent> Events, Outcome Outcome, DateTimeOffset Time);

/// <summary>An event with its place in its stream and in its account.</summary>
internal sealed record PlacedEvent(DomainEvent Event, string Stream, long Number, long Position);
